import { DefaultNamingStrategy, Table } from 'typeorm';

/** `openPrincipalMinor` → `open_principal_minor`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Names of columns and keys as the migrations write them, so that the schema and the entities agree to the letter. */
export class SnakeNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }

  override primaryKeyName(tableOrName: Table | string): string {
    const table = tableOrName instanceof Table ? tableOrName.name : tableOrName;
    return `${table.split('.').at(-1)}_pkey`;
  }
}
