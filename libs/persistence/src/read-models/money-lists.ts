import type { Day } from '#domain';
import type { PaymentRow } from '#ports';
import { PaymentEntity } from '../entities/money.entities.js';
import { selectionUnder, shapeOf } from '../table-shape.js';
import { Conditions } from './conditions.js';
import { type Page, type PageRequest, readPage } from './keyset-page.js';
import type { Reader } from './reader.js';

export type PaymentSort = 'recordedAt' | 'paidOn' | 'amount';

export interface PaymentFilter {
  state?: readonly PaymentRow['state'][];
  debtorId?: string;
  /** Payments with an allocation to this case. */
  caseId?: string;
  provider?: string;
  paidFrom?: Day;
  paidTo?: Day;
  /** Part of the remittance text, the payer's name or the provider's reference. */
  search?: string;
}

export interface PaymentListItem extends PaymentRow {
  debtorName: string | null;
}

export function listPayments(
  reader: Reader,
  creditorId: string,
  request: PaymentFilter & PageRequest<PaymentSort>,
): Promise<Page<PaymentListItem>> {
  const conditions = new Conditions()
    .add('p.creditor_id = ?', creditorId)
    .addOneOf('p.state', request.state)
    .add('p.debtor_id = ?', request.debtorId)
    .add(
      'exists (select 1 from allocation a where a.creditor_id = p.creditor_id and a.payment_id = p.payment_id and a.case_id = ?)',
      request.caseId,
    )
    .add('p.provider = ?', request.provider)
    .add('p.paid_on >= ?', request.paidFrom)
    .add('p.paid_on <= ?', request.paidTo)
    .addContains(['lower(p.remittance)', 'lower(p.payer_name)', 'lower(p.provider_ref)'], request.search);
  return readPage<PaymentListItem, PaymentSort>(
    reader,
    {
      selection: `${selectionUnder(shapeOf(reader.dataSource, PaymentEntity), 'p')}, d.name as "debtorName"`,
      from: 'payment p left join debtor d on d.creditor_id = p.creditor_id and d.debtor_id = p.debtor_id',
      tie: 'p.payment_id',
      sorts: {
        recordedAt: { expression: 'p.recorded_at', type: 'timestamptz' },
        paidOn: { expression: 'p.paid_on', type: 'date' },
        amount: { expression: 'p.amount_minor', type: 'bigint' },
      },
      sort: 'recordedAt',
      direction: 'desc',
    },
    conditions,
    request,
  );
}
