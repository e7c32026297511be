import { type Day, parseDay } from '../calendar/day.js';
import { MINOR_MAX } from '../money/money.js';
import { type Refusal, refuse } from '../refusal.js';
import type { ClaimInput, PrincipalInput } from './claim-input.js';
import { checkContract } from './check-contract.js';
import { frenchDecimal } from './french-figures.js';
import { type Regime, regimeOf } from './regime.js';

/** Movements one claim may have; beyond it something else is wrong. */
const MOVEMENTS_MAX = 2000;

/** Refusals that hold for any statement: `dayOutOfRange`, `claimAmountInvalid`, `claimMovementInvalid`, `claimTooManyMovements`. */
export function checkPrincipal(input: PrincipalInput): Refusal | undefined {
  return checkAmounts(input) ?? checkDays(input);
}

/** Refusals of interest: law, kind of debtor, currency, contract, day count, order of imputation, acts that cannot be. */
export function checkInterest(input: ClaimInput): Refusal | undefined {
  const regime = regimeOf(input.law, input.kind, input.kindConfirmed === true ? { confirmedByPerson: true } : {});
  if (typeof regime !== 'string') return regime;
  if (input.rules.regime !== regime) throw new TypeError(`Rules of ${input.rules.regime} for a claim under ${regime}`);
  return (
    checkCurrency(input, regime) ??
    checkMethods(input) ??
    checkContract(regime, input.contract) ??
    checkActs(input) ??
    checkImputation(input)
  );
}

function checkAmounts(input: PrincipalInput): Refusal | undefined {
  if (!isAmount(input.faceMinor)) {
    return refuse('claimAmountInvalid', { field: '/faceMinor', facts: { faceMinor: String(input.faceMinor), ...amountSupply() } });
  }
  if (input.movements.length > MOVEMENTS_MAX) {
    return tooManyMovements(input);
  }
  const bad = input.movements.findIndex((movement) => !isAmount(movement.amountMinor));
  if (bad === -1) return undefined;
  const amount = String(input.movements[bad]?.amountMinor);
  return refuse('claimMovementInvalid', { field: `/movements/${bad}/amountMinor`, facts: { amountMinor: amount, ...amountSupply() } });
}

function tooManyMovements({ law, movements }: PrincipalInput): Refusal {
  // Each movement is imputed on its own: the articles are those of imputation.
  const article = law === 'BE' ? 'C. civ. belge, livre 5' : 'C. civ. 1342-10, 1343-1';
  const most = frenchDecimal(String(MOVEMENTS_MAX));
  const supply = `Au plus ${most} mouvements par échéance\u202f: les paiements d’un même jour réunis en un seul.`;
  return refuse('claimTooManyMovements', {
    field: '/movements',
    facts: { count: movements.length, most: MOVEMENTS_MAX, article, supply },
  });
}

function isAmount(minor: bigint): boolean {
  return typeof minor === 'bigint' && minor > 0n && minor < MINOR_MAX;
}

function amountSupply(): { below: string; supply: string } {
  return { below: MINOR_MAX.toString(), supply: 'Un montant positif, en plus petites unités, inférieur à la borne.' };
}

function checkDays(input: PrincipalInput): Refusal | undefined {
  const days: (readonly [field: string, on: Day | undefined])[] = [
    ['/dueOn', input.dueOn],
    ['/on', input.on],
    ['/issuedOn', input.issuedOn],
    ...input.movements.map((movement, index) => [`/movements/${index}/on`, movement.on] as const),
  ];
  return firstBadDay(days);
}

function firstBadDay(days: readonly (readonly [field: string, on: Day | undefined])[]): Refusal | undefined {
  const bad = days.find(([, on]) => on !== undefined && parseDay(on) === undefined);
  if (!bad) return undefined;
  const [field, on] = bad;
  return refuse('dayOutOfRange', { field, facts: { day: String(on), supply: 'Un jour qui existe, de 1900 à 2199, écrit AAAA-MM-JJ.' } });
}

/** What makes a sum due beyond the principal, by regime: cited where that sum cannot be answered. */
const GROUNDS: Readonly<Record<Regime, string>> = {
  'FR.business': 'C. com. L441-10 II, D441-5',
  'FR.consumer': 'C. civ. 1231-6',
  'FR.publicBody': 'CCP L2192-13',
  'FR.coOwners': 'C. civ. 1231-6',
  'BE.business': 'Loi du 2 août 2002, art. 5 et 6',
  'BE.consumer': 'CDE XIX.4',
  'BE.publicBody': 'Loi du 2 août 2002, art. 5 et 6',
  'BE.coOwners': 'C. civ. belge, livre 5',
};

function checkCurrency(input: ClaimInput, regime: Regime): Refusal | undefined {
  if (input.currency === 'EUR') return undefined;
  return refuse('currencyNotSupportedForInterest', {
    field: '/currency',
    facts: {
      currency: input.currency,
      article: GROUNDS[regime],
      supply: 'Une créance en euros\u202f: les taux et les indemnités de la loi sont fixés pour l’euro.',
    },
  });
}

function checkMethods(input: ClaimInput): Refusal | undefined {
  if (!['ACT/365F', 'ACT/366', undefined].includes(input.dayCount)) {
    const facts = { dayCount: String(input.dayCount), supply: 'ACT/365F ou ACT/366.' };
    return refuse('dayCountUnknown', { field: '/dayCount', facts });
  }
  if (!['interestFirst', 'principalFirst', undefined].includes(input.imputation)) {
    const facts = { imputation: String(input.imputation), article: 'C. civ. 1343-1', supply: 'interestFirst ou principalFirst.' };
    return refuse('imputationUnknown', { field: '/imputation', facts });
  }
  const bad = input.movements.findIndex((m) => !['principal', 'lumpSum', undefined].includes(m.designation));
  if (bad === -1) return undefined;
  const facts = { designation: String(input.movements[bad]?.designation), article: 'C. civ. 1342-10', supply: 'principal ou lumpSum.' };
  return refuse('designationUnknown', { field: `/movements/${bad}/designation`, facts });
}

function checkActs(input: ClaimInput): Refusal | undefined {
  const { issuedOn, conduct, dueOn } = input;
  const reminder = conduct?.firstReminder;
  const badDay = firstBadDay([
    ['/conduct/noticeServedOn', conduct?.noticeServedOn],
    ['/conduct/insolvencyOpenedOn', conduct?.insolvencyOpenedOn],
    ['/conduct/firstReminder/sentOn', reminder?.sentOn],
    ['/conduct/firstReminder/claimFrom', reminder?.claimFrom],
  ]);
  if (badDay) return badDay;
  const early = issuedOn === undefined ? -1 : input.movements.findIndex((m) => m.kind === 'payment' && m.on < issuedOn);
  if (early !== -1 && issuedOn !== undefined) {
    const facts = {
      paidOn: String(input.movements[early]?.on),
      issuedOn,
      supply: 'Le jour du crédit en compte, ou l’acompte déduit de la facture.',
    };
    return refuse('paymentBeforeIssue', { field: `/movements/${early}/on`, facts });
  }
  // CDE XIX.2: a first reminder answers a delay, and its free days lie between its sending and the first claim.
  if (reminder && (reminder.sentOn <= dueOn || reminder.claimFrom <= reminder.sentOn)) {
    const facts = { sentOn: reminder.sentOn, claimFrom: reminder.claimFrom, dueOn, article: 'CDE XIX.2' };
    const supply = 'Un premier rappel envoyé après l’échéance, et le premier jour qui suit ses jours gratuits.';
    return refuse('firstReminderInvalid', { field: '/conduct/firstReminder', facts: { ...facts, supply } });
  }
  return undefined;
}

function checkImputation(input: ClaimInput): Refusal | undefined {
  const wantsPrincipalFirst = input.imputation === 'principalFirst' || input.movements.some((m) => m.designation === 'principal');
  // C. civ. 1343-1: interest first unless the creditor agreed otherwise.
  if (!wantsPrincipalFirst || input.agreementRecorded === true) return undefined;
  const article = input.law === 'FR' ? 'C. civ. 1343-1' : 'C. civ. belge, livre 5';
  return refuse('imputationAgreementMissing', { field: '/imputation', facts: { article, supply: 'L’accord écrit du créancier.' } });
}
