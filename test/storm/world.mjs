// What the seed says about the outside: creditors, debtors, their invoices, and what each debtor and the staff do on which day.

const START = '2026-03-02';
const FIRST_NAMES = ['Aubrac', 'Brindille', 'Cormoran', 'Dentelle', 'Escale', 'Fougère', 'Garrigue', 'Houblon', 'Iroise', 'Jonquille'];
const TRADES = ['Transports', 'Menuiserie', 'Imprimerie', 'Conserverie', 'Ateliers', 'Négoce', 'Serrurerie', 'Verrerie'];

/** `on` plus `days`, as `YYYY-MM-DD`. */
export function later(on, days) {
  return new Date(Date.parse(`${on}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Invented numbers with the right check digit (Luhn). */
function siren(index) {
  const digits = String(10_000_000 + index);
  const sum = [...digits].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/**
 * Draws the whole world: `creditors` of up to 30 cases each; every invoice carries its `life`, dated deeds of debtor and staff. `tilt` changes how often
 * something happens, for a seeded bug that only shows there: `pays`,
 * `reverses`, `groups` (debtors with several invoices), shares from 0 to 1; what else it may hold is for the aimed deeds.
 */
export function drawWorld(dice, cases, tilt = {}) {
  const count = Math.max(1, Math.min(8, Math.ceil(cases / 30)));
  const creditors = Array.from({ length: count }, (_, at) => ({
    creditorId: `storm-${at + 1}`,
    legalName: `Créancier ${at + 1} SAS`,
    siren: siren(900 + at),
    invoices: [],
    dueSpreadDays: 9,
  }));
  const { groups = 0.4 } = tilt;
  const sizes = { 1: 1 - groups, 2: groups * 0.7, 3: groups * 0.3 };
  let debtor = 0;
  for (let made = 0; made < cases; ) {
    const group = Math.min(cases - made, Number(dice.weighted(sizes)));
    const owner = creditors[debtor % count];
    const person = drawDebtor(dice.of(`debtor-${debtor}`), debtor);
    // Invoices of one debtor that fall due together share their letters.
    const dueOn = later(START, dice.whole(1, owner.dueSpreadDays));
    for (let i = 0; i < group; i++) {
      const number = `S${String(owner.creditorId.slice(6))}-${String(made + 1).padStart(5, '0')}`;
      const amountMinor = dice.whole(8_000, 900_000);
      const own = dice.of(`invoice-${number}`);
      const due = i === 0 || own.isOneIn(0.7) ? dueOn : later(dueOn, own.whole(1, 6));
      owner.invoices.push({
        number,
        amountMinor,
        issuedOn: later(START, -20),
        dueOn: due,
        debtor: person,
        life: drawLife(own, due, amountMinor, tilt),
      });
      made += 1;
    }
    debtor += 1;
  }
  return { start: START, creditors };
}

function drawDebtor(dice, index) {
  const bounces = dice.isOneIn(0.04);
  return {
    name: `${dice.one(TRADES)} ${dice.one(FIRST_NAMES)} ${index}`,
    siren: siren(index + 10_000),
    email: bounces ? `bounce+${index}@client.example` : `compta${index}@client.example`,
    phone: dice.isOneIn(0.85) ? `+3346571${String(1000 + (index % 9000))}` : '',
  };
}

/** Deeds of one invoice, in order of days: `{ on, deed, ... }`. Amounts in cents. */
function drawLife(dice, dueOn, amountMinor, tilt) {
  const at = (low, high) => later(dueOn, dice.whole(low, high));
  const life = [];
  if (dice.isOneIn(0.14)) life.push({ on: at(1, 25), deed: 'promise', days: dice.whole(1, 12), isKept: dice.isOneIn(0.5) });
  if (dice.isOneIn(0.12))
    life.push({ on: at(-1, 32), deed: 'dispute', days: dice.whole(2, 18), verdict: dice.one(['confirmed', 'withdrawn']) });
  if (dice.isOneIn(0.12)) life.push({ on: at(0, 30), deed: 'hold', days: dice.whole(2, 20), isReleased: dice.isOneIn(0.3) });
  if (dice.isOneIn(0.02)) life.push({ on: at(3, 30), deed: dice.one(['withdraw', 'writeOff']) });
  life.push(...drawPayments(dice, at, amountMinor, tilt));
  return life.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function drawPayments(dice, at, amountMinor, { pays, reverses = 0.3 }) {
  const never = pays === undefined ? 38 : (62 * (1 - pays)) / pays;
  const way = dice.weighted({ never, full: 34, halves: 12, over: 4, short: 4, unmatched: 8 });
  const provider = dice.isOneIn(0.4) ? 'stripe' : 'standard';
  const pay = (on, minor, more = {}) => ({
    on,
    deed: 'pay',
    provider,
    amountMinor: minor,
    hint: dice.one(['invoiceNumber', 'caseId', 'text']),
    lateDays: dice.isOneIn(0.15) ? dice.whole(1, 3) : 0,
    ...more,
  });
  const half = Math.floor(amountMinor / 2);
  const on = at(-1, 44);
  switch (way) {
    case 'full':
      return [pay(on, amountMinor, drawReversal(dice, reverses))];
    case 'halves':
      return [pay(on, half, drawReversal(dice, reverses)), pay(at(2, 46), amountMinor - half)];
    case 'over':
      return [pay(on, amountMinor + dice.whole(1, 5_000))];
    case 'short':
      return [pay(on, amountMinor - dice.whole(1, 99))];
    case 'unmatched':
      return [pay(on, amountMinor, { hint: 'none' })];
    default:
      return [];
  }
}

/** The bank takes it back some days later; now and then the news of that comes first. */
function drawReversal(dice, share) {
  if (!dice.isOneIn(share)) return {};
  return { reversedAfterDays: dice.whole(0, 8), isReversalFirst: dice.isOneIn(0.5) };
}

/** The file of a creditor's invoices as an ERP exports it. */
export function invoiceFile(creditor) {
  const header =
    'Numéro de facture;Date de facture;Échéance;Devise;Montant TTC;Client;SIREN;Nature du client;Courriel;Téléphone;Adresse;Code postal;Ville;Pays';
  const french = (on) => `${on.slice(8, 10)}/${on.slice(5, 7)}/${on.slice(0, 4)}`;
  const lines = creditor.invoices.map(({ number, issuedOn, dueOn, amountMinor, debtor }) =>
    [
      ...[number, french(issuedOn), french(dueOn), 'EUR', `${Math.floor(amountMinor / 100)},${String(amountMinor % 100).padStart(2, '0')}`],
      ...[debtor.name, debtor.siren, 'entreprise', debtor.email, debtor.phone, '3 quai des Colis', '13002', 'Marseille', 'FR'],
    ].join(';'),
  );
  return [header, ...lines, ''].join('\n');
}
