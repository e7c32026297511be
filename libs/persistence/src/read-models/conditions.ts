/** The where clause of a list, built of fixed SQL and parameters. Absent filters add nothing. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' and ');
  }

  /** Adds a parameter and gives its place, `$3`. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  addSql(sql: string): this {
    this.parts.push(sql);
    return this;
  }

  /** `add('i.number = ?', number)`: every `?` is the value; nothing is added when it is undefined. */
  add(sql: string, value: unknown): this {
    if (value === undefined) return this;
    const place = this.place(value);
    return this.addSql(sql.replaceAll('?', place));
  }

  /** `addOneOf('c.state', states)`: an empty list matches nothing. */
  addOneOf(expression: string, values: readonly string[] | undefined): this {
    return this.add(`${expression} = any(?::text[])`, values);
  }

  /** Text contained anywhere in one of the expressions (already in lower case), taken literally. */
  addContains(expressions: readonly string[], text: string | undefined): this {
    const wanted = text?.trim();
    if (!wanted) return this;
    const place = this.place(likePattern(wanted));
    return this.addSql(`(${expressions.map((expression) => `${expression} like ${place}`).join(' or ')})`);
  }
}

/** A pattern that finds `text` literally, in lower case; NUL, which PostgreSQL cannot take, finds nothing anyway. */
export function likePattern(text: string): string {
  return `%${text
    .toLowerCase()
    .replaceAll('\0', '\u{fffd}')
    .replace(/[\\%_]/g, '\\$&')}%`;
}
