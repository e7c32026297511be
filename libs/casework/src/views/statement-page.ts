import {
  type ClaimEntry,
  type ExplanationLanguage,
  explainLine,
  explainLumpSum,
  explainNote,
  type Figures,
  figuresIn,
  type StatementOfClaim,
} from '#domain';
import { STATEMENT_WORDS, type StatementWords } from './statement-words.js';

/** A part of the page: its title and its sentences, in the order they are read. */
export interface StatementPart {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** A statement of claim as a page of sentences that a controller, a lawyer of the debtor and a judge can each redo. */
export interface StatementPage {
  readonly heading: string;
  readonly parts: readonly StatementPart[];
}

/** `Décompte au 20 juillet 2026 (droit français, débiteur professionnel)`. */
export function statementHeading({ on, law, kind }: Pick<StatementOfClaim, 'on' | 'law' | 'kind'>, language: ExplanationLanguage): string {
  const words = STATEMENT_WORDS[language];
  return words.heading(figuresIn(language).day(on), words.law[law], words.kind[kind]);
}

/** The same statement in words whoever prints it: the command line, the API, a person's screen. Parts without a sentence are left out. */
export function statementPage(statement: StatementOfClaim, language: ExplanationLanguage): StatementPage {
  return new PageWriter(statement, language).page();
}

class PageWriter {
  private readonly words: StatementWords;
  private readonly figures: Figures;

  constructor(
    private readonly statement: StatementOfClaim,
    private readonly language: ExplanationLanguage,
  ) {
    this.words = STATEMENT_WORDS[language];
    this.figures = figuresIn(language);
  }

  page(): StatementPage {
    const { statement, words, language } = this;
    const { titles } = words;
    const parts: StatementPart[] = [
      { title: titles.claim, sentences: this.claim() },
      { title: titles.interest, sentences: this.interest() },
      { title: titles.lumpSum, sentences: this.lumpSum() },
      { title: titles.total, sentences: this.total() },
      { title: titles.notes, sentences: statement.notes.map((note) => explainNote(note, language)) },
      { title: titles.sources, sentences: statement.sources.map((source) => this.source(source)) },
    ];
    return { heading: statementHeading(statement, language), parts: parts.filter(({ sentences }) => sentences.length > 0) };
  }

  private claim(): string[] {
    const { statement, words } = this;
    const movements = statement.entries.flatMap((entry) => this.movement(entry));
    const face = words.face(this.money(statement.faceMinor), this.day(statement.dueOn));
    return movements.length === 0 ? [face] : [face, ...movements, words.openPrincipal(this.money(statement.imputedPrincipalMinor))];
  }

  private movement(entry: ClaimEntry): string[] {
    const amount = this.money(entry.amountMinor < 0n ? -entry.amountMinor : entry.amountMinor);
    if (entry.kind === 'creditNote') return [this.words.creditNote(this.day(entry.on), amount)];
    return entry.kind === 'payment' ? [this.words.payment(this.day(entry.on), amount, this.shares(entry))] : [];
  }

  private shares({ imputed }: ClaimEntry): string[] {
    if (!imputed) return [];
    const { words } = this;
    const shares: readonly (readonly [string, bigint])[] = [
      [words.toInterest, imputed.interestMinor],
      [words.toPrincipal, imputed.principalMinor],
      [words.toLumpSum, imputed.compensationMinor],
    ];
    return shares.filter(([, minor]) => minor > 0n).map(([to, minor]) => `${to} (${this.money(minor)})`);
  }

  private interest(): string[] {
    const { statement, words, language } = this;
    if (statement.lines.length === 0) return [words.noInterest(this.day(statement.on))];
    const lines = statement.lines.map((line) => words.period(this.day(line.firstDay), this.day(line.lastDay), explainLine(line, language)));
    const { interestAccruedMinor, interestOpenMinor, dayCount } = statement;
    const open = interestOpenMinor === interestAccruedMinor ? undefined : this.money(interestOpenMinor);
    return [...lines, words.interest(this.money(interestAccruedMinor), open, words.dayCount[dayCount])];
  }

  private lumpSum(): string[] {
    const { lumpSum, compensationMinor, compensationOpenMinor } = this.statement;
    if (!lumpSum) return [];
    const left = compensationOpenMinor === compensationMinor ? [] : [this.words.lumpSumLeft(this.money(compensationOpenMinor))];
    return [explainLumpSum(lumpSum, this.language), ...left];
  }

  private total(): string[] {
    const { statement, words } = this;
    const total = words.total(
      this.day(statement.on),
      this.money(statement.claimTotalMinor),
      this.money(statement.imputedPrincipalMinor),
      this.money(statement.interestOpenMinor),
      this.money(statement.compensationOpenMinor),
    );
    const surplus = statement.surplusMinor ?? 0n;
    return [total, ...this.daily(), ...(surplus > 0n ? [words.surplus(this.money(surplus))] : [])];
  }

  private daily(): string[] {
    const { dailyRefusal, dailyInterestMinor, dailyFrom, dailyUntil } = this.statement;
    if (dailyRefusal) return [this.words.dailyUnknown(this.day(dailyFrom))];
    if (dailyInterestMinor === 0n) return [];
    return [this.words.daily(this.money(dailyInterestMinor), this.day(dailyFrom), dailyUntil && this.day(dailyUntil))];
  }

  private source({ article, title, checkedOn }: StatementOfClaim['sources'][number]): string {
    const { article: cite, gap, day } = this.figures;
    // Some texts are titled by their article already.
    const cited = title.startsWith(article) ? title : `${cite(article)}${gap}: ${title}`;
    return this.words.source(cited, checkedOn && day(checkedOn));
  }

  private money(minor: bigint): string {
    return this.figures.amount(minor);
  }

  private day(on: StatementOfClaim['on']): string {
    return this.figures.day(on);
  }
}
