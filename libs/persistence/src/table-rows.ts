import type { Rows, Where } from '#ports';
import type { Session } from './session.js';
import { type ColumnShape, type TableShape, toParameter } from './table-shape.js';

/** More rows than this in one answer is a query without a bound: it throws instead of filling the memory. */
const ROWS_MAX = 50_000;

interface Condition {
  sql: string;
  values: unknown[];
}

/** One table behind the `Rows` port: every call is one statement, every value a parameter. A plain insert is sent and not waited for. */
export class TableRows<R extends object> implements Rows<R> {
  constructor(
    private readonly session: Session,
    private readonly shape: TableShape,
  ) {}

  async insert(rows: R | readonly R[]): Promise<void> {
    const list = Array.isArray(rows) ? (rows as readonly R[]) : [rows as R];
    if (list.length === 0) return;
    const { columns, name } = this.shape;
    const names = columns.map((column) => column.quoted).join(', ');
    const [first] = list;
    if (list.length === 1 && first) {
      await this.session.send(`insert into ${name} (${names}) values (${places(columns)})`, this.valuesOf(first));
      return;
    }
    // One array per column: the text of the statement does not grow with the rows, nor does the number of parameters.
    const rowValues = list.map((row) => this.valuesOf(row));
    const arrays = columns.map((_, index) => rowValues.map((values) => values[index]));
    const sources = columns.map((column, index) => `$${index + 1}::${column.type}[]`).join(', ');
    await this.session.send(`insert into ${name} (${names}) select * from unnest(${sources})`, arrays);
  }

  async insertOnce(row: R): Promise<boolean> {
    const { columns, name } = this.shape;
    const names = columns.map((column) => column.quoted).join(', ');
    const sql = `insert into ${name} (${names}) values (${places(columns)}) on conflict do nothing`;
    const { affected } = await this.session.query(sql, this.valuesOf(row));
    return affected === 1;
  }

  async one(where: Where<R>): Promise<R | undefined> {
    const condition = this.condition(where);
    const sql = `select ${this.shape.selection} from ${this.shape.name} where ${condition.sql} limit 2`;
    const { rows } = await this.session.query<R>(sql, condition.values);
    if (rows.length > 1) throw new RangeError(`${this.shape.name}: more than one row where ${condition.sql}`);
    return rows[0];
  }

  async all(where: Where<R>, order?: { by: keyof R; direction?: 'asc' | 'desc'; limit?: number }): Promise<R[]> {
    const condition = this.condition(where);
    const sorted = order ? ` order by ${this.column(String(order.by)).quoted} ${order.direction === 'desc' ? 'desc' : 'asc'}` : '';
    const limit = Math.min(order?.limit ?? ROWS_MAX + 1, ROWS_MAX + 1);
    const sql = `select ${this.shape.selection} from ${this.shape.name} where ${condition.sql}${sorted} limit ${Number(limit)}`;
    const { rows } = await this.session.query<R>(sql, condition.values);
    if (rows.length > ROWS_MAX) throw new RangeError(`${this.shape.name}: more than ${ROWS_MAX} rows where ${condition.sql}`);
    return rows;
  }

  async count(where: Where<R>): Promise<number> {
    const condition = this.condition(where);
    const { rows } = await this.session.query<{ count: number }>(
      `select count(*)::integer as count from ${this.shape.name} where ${condition.sql}`,
      condition.values,
    );
    return rows[0]?.count ?? 0;
  }

  async update(where: Where<R>, patch: Partial<R>): Promise<number> {
    const entries = Object.entries(patch);
    if (entries.length === 0) throw new TypeError(`${this.shape.name}: an update without a change`);
    const values = entries.map(([property, value]) => toParameter(this.column(property), this.given(property, value)));
    const changes = entries.map(([property], index) => `${this.column(property).quoted} = $${index + 1}`).join(', ');
    const condition = this.condition(where, values.length);
    this.refuseEverything(condition);
    const { affected } = await this.session.query(`update ${this.shape.name} set ${changes} where ${condition.sql}`, [
      ...values,
      ...condition.values,
    ]);
    return affected;
  }

  async delete(where: Where<R>): Promise<number> {
    const condition = this.condition(where);
    this.refuseEverything(condition);
    const { affected } = await this.session.query(`delete from ${this.shape.name} where ${condition.sql}`, condition.values);
    return affected;
  }

  private valuesOf(row: R): unknown[] {
    const record = row as Record<string, unknown>;
    for (const property of Object.keys(record)) this.column(property);
    return this.shape.columns.map((column) => toParameter(column, this.given(column.property, record[column.property])));
  }

  private condition(where: Where<R>, offset = 0): Condition {
    const parts: string[] = [];
    const values: unknown[] = [];
    const place = (value: unknown): string => `$${offset + values.push(value)}`;
    for (const [property, wanted] of Object.entries(where)) {
      const column = this.column(property);
      this.given(property, wanted);
      if (column.type === 'jsonb') throw new TypeError(`${this.shape.name}: ${property} is JSON and cannot be a condition`);
      if (wanted === null) parts.push(`${column.quoted} is null`);
      else if (Array.isArray(wanted)) parts.push(this.oneOf(column, wanted, place));
      else parts.push(`${column.quoted} = ${place(wanted)}`);
    }
    return { sql: parts.length === 0 ? 'true' : parts.join(' and '), values };
  }

  private oneOf(column: ColumnShape, wanted: readonly unknown[], place: (value: unknown) => string): string {
    for (const value of wanted) this.given(column.property, value);
    const given = wanted.filter((value) => value !== null);
    const listed = `${column.quoted} = any(${place(given)}::${column.type}[])`;
    return given.length === wanted.length ? listed : `(${listed} or ${column.quoted} is null)`;
  }

  private column(property: string): ColumnShape {
    const column = this.shape.byProperty.get(property);
    if (!column) throw new TypeError(`${this.shape.name} has no column ${property}`);
    return column;
  }

  private given(property: string, value: unknown): unknown {
    if (value === undefined) throw new TypeError(`${this.shape.name}: ${property} is undefined`);
    return value;
  }

  private refuseEverything(condition: Condition): void {
    if (condition.values.length === 0) throw new TypeError(`${this.shape.name}: a write needs a condition with a value`);
  }
}

function places(columns: readonly ColumnShape[]): string {
  return columns.map((_, index) => `$${index + 1}`).join(', ');
}
