import { type ExplanationLanguage, type Figures, figuresIn } from './figures.js';
import type { LumpSum, LumpSumTier } from './statement.js';

/**
 * The lump sum in one sentence, with how it was found and its article:
 * `Indemnité : 30,00 € + 10 % de 65,00 € (part de 215,00 € au-delà de 150,00 €) = 36,50 € (CDE XIX.4).`
 */
export function explainLumpSum(lumpSum: LumpSum, language: ExplanationLanguage = 'fr'): string {
  const figures = figuresIn(language);
  const amount = figures.amount(lumpSum.amountMinor);
  const words = WORDS[language];
  const article = `(${figures.article(lumpSum.article)})`;
  if (lumpSum.kind === 'fixedCompensation') return `${words.fixed}${figures.gap}: ${amount}, ${words.once} ${article}.`;
  if (lumpSum.tier === undefined) return `${words.agreed}${figures.gap}: ${amount}, ${words.within} ${article}.`;
  const sum = tierSum(lumpSum.tier, figures, words);
  return `${words.indemnity}${figures.gap}: ${sum === undefined ? amount : `${sum} = ${amount}`}, ${words.onRemaining(figures.amount(lumpSum.tier.remainingMinor))} ${article}.`;
}

function tierSum(tier: LumpSumTier, figures: Figures, words: (typeof WORDS)[ExplanationLanguage]): string | undefined {
  if (tier.plusPercent === undefined || tier.aboveMinor === undefined) return undefined;
  const { amount, percent } = figures;
  const share = `${percent(tier.plusPercent)} ${words.of} ${amount(tier.remainingMinor - tier.aboveMinor)}`;
  const ceiling = tier.mostMinor === undefined ? '' : `, ${words.most} ${amount(tier.mostMinor)},`;
  return `${amount(tier.baseMinor)} + ${share} (${words.above} ${amount(tier.aboveMinor)})${ceiling}`;
}

const WORDS = {
  fr: {
    fixed: 'Indemnité forfaitaire pour frais de recouvrement',
    once: 'due une seule fois par facture payée en retard',
    agreed: 'Indemnité prévue au contrat',
    within: 'dans la limite du barème légal',
    indemnity: 'Indemnité',
    of: 'de',
    above: 'part au-delà de',
    most: 'plafonné à',
    onRemaining: (amount: string) => `calculée sur ${amount} restant dus`,
  },
  nl: {
    fixed: 'Forfaitaire vergoeding voor invorderingskosten',
    once: 'één keer verschuldigd per laattijdig betaalde factuur',
    agreed: 'Forfaitaire vergoeding volgens de overeenkomst',
    within: 'binnen de wettelijke grens',
    indemnity: 'Forfaitaire vergoeding',
    of: 'van',
    above: 'deel boven',
    most: 'begrensd tot',
    onRemaining: (amount: string) => `berekend op het openstaande bedrag van ${amount}`,
  },
  en: {
    fixed: 'Fixed recovery compensation',
    once: 'due once for each invoice paid late',
    agreed: 'Indemnity under the contract',
    within: 'within the legal scale',
    indemnity: 'Indemnity',
    of: 'of',
    above: 'the part above',
    most: 'capped at',
    onRemaining: (amount: string) => `on the ${amount} that remained due`,
  },
} as const satisfies Record<ExplanationLanguage, unknown>;
