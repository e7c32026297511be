import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

export interface ColumnShape {
  /** Name in the row. */
  property: string;
  /** Quoted name in the table. */
  quoted: string;
  /** PostgreSQL type, to name the arrays of a multi-row insert. */
  type: string;
}

/** What a table looks like, read once from the entity's metadata. */
export interface TableShape {
  name: string;
  columns: readonly ColumnShape[];
  byProperty: ReadonlyMap<string, ColumnShape>;
  /** `"case_id" as "caseId", …` in the order of the columns. */
  selection: string;
}

const shapes = new WeakMap<DataSource, Map<EntityTarget<ObjectLiteral>, TableShape>>();

/** The shape of an entity's table; computed once per data source. */
export function shapeOf(dataSource: DataSource, entity: EntityTarget<ObjectLiteral>): TableShape {
  const known = shapes.get(dataSource) ?? new Map<EntityTarget<ObjectLiteral>, TableShape>();
  shapes.set(dataSource, known);
  const found = known.get(entity);
  if (found) return found;
  const metadata = dataSource.getMetadata(entity);
  const columns = metadata.columns.map((column) => ({
    property: column.propertyName,
    quoted: `"${column.databaseName}"`,
    type: String(column.type),
  }));
  const shape: TableShape = {
    name: `"${metadata.tableName}"`,
    columns,
    byProperty: new Map(columns.map((column) => [column.property, column])),
    selection: columns.map((column) => `${column.quoted} as "${column.property}"`).join(', '),
  };
  known.set(entity, shape);
  return shape;
}

/** The columns of a table under an alias, named as in its row: for the lists that join. */
export function selectionUnder(shape: TableShape, alias: string): string {
  return shape.columns.map((column) => `${alias}.${column.quoted} as "${column.property}"`).join(', ');
}

/** A value as the driver wants it. JSON is written here, because the driver would take an array for a PostgreSQL array. */
export function toParameter(column: ColumnShape, value: unknown): unknown {
  return column.type === 'jsonb' && value !== null ? jsonText(value) : value;
}

/** JSON text; amounts (bigint) become digit strings. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
