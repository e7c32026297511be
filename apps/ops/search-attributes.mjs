// What an auditor can filter on in the Temporal UI: name → type, as Temporal's command line spells them. The development server,
// docker-compose.yml and libs/contracts must agree; test/compose.spec.ts compares them.
export const SEARCH_ATTRIBUTES = {
  CaseStage: 'Keyword',
  CaseState: 'Keyword',
  CreditorId: 'Keyword',
  DebtorRef: 'Keyword',
  Currency: 'Keyword',
  NextActionAt: 'Datetime',
  DueOn: 'Datetime',
  OpenBalanceMinor: 'Int',
  Disputed: 'Bool',
};

/** How long closed cases stay visible in Temporal; the server's own default of one day would hide them from auditors. */
export const NAMESPACE_RETENTION = '90d';
