import type { DebtorKind, GoverningLaw } from '../claim/statement.js';

/** What a rung does. Names match the activities of `workflows/recovery`. */
export type ActType = 'call' | 'mail' | 'formalNotice' | 'referral';

/** The date a rung counts from. `<stage>.done` is the day another rung was done (or skipped). */
export type Anchor = 'dueOn' | 'lastContact' | 'notice.sent' | 'notice.served' | `${string}.done`;

export interface AnchoredDelay {
  readonly anchor: Anchor;
  readonly offsetDays: number;
  /** Counted in business days of the debtor's territory instead of civil days. */
  readonly businessDays?: boolean;
}

/**
 * What happens to a rung whose day passed while nothing could run: it leaves at the next slot (`run`), leaves and pushes those counted from the due
 * date (`respace`), is left out (`skip`), or a person says whether it still leaves (`ask`). Never is one forgotten, never do two fall on one day.
 */
export type Lateness = 'run' | 'skip' | 'respace' | 'ask';

export interface PolicyStage {
  /** For example `courtesyCall`, `formalMail`, `formalNotice`. */
  readonly id: string;
  readonly title: LocalText;
  readonly act: { readonly type: ActType; readonly template?: string; readonly tone?: 'courteous' | 'formal' | 'firm' };
  readonly opens: AnchoredDelay;
  readonly notBefore?: readonly AnchoredDelay[];
  /** A person with the finance role must approve what leaves. */
  readonly needsApproval: boolean;
  /** Business days before its own day on which the rung is prepared, where it needs an approval. */
  readonly prepareBusinessDays: number;
  readonly lateness: Lateness;
  /** With `skip` and `ask`: so many business days late it leaves all the same; 0 where absent. */
  readonly lateWithinBusinessDays?: number;
  /** A mail with `post` beside `email` goes as a plain letter where there is no usable address, or where the mail came back. */
  readonly channels: readonly ('email' | 'registeredPost' | 'phone' | 'post')[];
  /** What it asks for, where that is not what its act and tone say (`asksForCosts`). */
  readonly claims?: 'principal' | 'accessories';
}

/** What a policy without thresholds of its own leaves before limitation: half a year to be warned, ninety days to go to court. */
const LIMITATION_THRESHOLDS = { warnDays: 180, courtRouteDays: 90 };

/** The days before limitation at which a policy warns, and leaves its lower rungs. */
export function limitationThresholds(policy: Pick<DunningPolicy, 'limitation'>): {
  readonly warnDays: number;
  readonly courtRouteDays: number;
} {
  return policy.limitation ?? LIMITATION_THRESHOLDS;
}

/** True for a rung that may ask for more than the principal: firm mails, the notice, the hand-over, unless the policy says otherwise. */
export function asksForCosts({ act, claims }: Pick<PolicyStage, 'act' | 'claims'>): boolean {
  if (claims) return claims === 'accessories';
  return act.type === 'formalNotice' || act.type === 'referral' || (act.type === 'mail' && act.tone === 'firm');
}

export interface LocalText {
  readonly fr: string;
  readonly nl?: string;
  readonly en?: string;
}

/** An amount per currency, as decimal strings: `{ EUR: "20.00" }`. */
export type AmountPerCurrency = Readonly<Record<string, string>>;

/** A ladder. Published versions are immutable; a case is pinned to one. */
export interface DunningPolicy {
  readonly id: string;
  readonly version: number;
  readonly title: LocalText;
  readonly appliesTo: { readonly laws: readonly GoverningLaw[]; readonly debtorKinds: readonly DebtorKind[] };
  readonly stages: readonly PolicyStage[];
  readonly limits: {
    /** Least number of civil days between two dunning messages of one case (I10). */
    readonly messageGapDays: number;
    readonly contactsPerWeek: number;
    /** Sending window in the debtor's zone, `HH:MM`. */
    readonly window: { readonly from: string; readonly to: string };
  };
  readonly call: { readonly expiresBusinessDays: number };
  readonly promise: {
    readonly maxDays: number;
    readonly graceBusinessDays: number;
    readonly maxCount: number;
    /** Share of what was promised, in percent, from which the promise counts as kept: `95` to `100`. Absent: all of it. */
    readonly keptFromPercent?: string;
  };
  readonly dispute: { readonly dueBusinessDays: number };
  readonly hold: { readonly maxDays: number };
  readonly approval: { readonly validBusinessDays: number };
  readonly notice: { readonly deadlineDays: number };
  readonly reviewDays: number;
  /** Days left before limitation at which a person is warned, and at which only the court route is left. */
  readonly limitation?: { readonly warnDays: number; readonly courtRouteDays: number };
  /** Below this open principal nothing is chased; above `tolerance` a case is not settled. */
  readonly threshold: AmountPerCurrency;
  readonly tolerance: AmountPerCurrency;
  /** Interest and indemnity left after the principal is in are waived below this, and said so. */
  readonly waiveBelow: AmountPerCurrency;
}
