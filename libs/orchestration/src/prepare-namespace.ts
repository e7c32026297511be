import { SEARCH_ATTRIBUTES } from '#contracts';
import { Client, Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType as indexedType } from '@temporalio/common/lib/search-attributes.js';
import { clientConnection, type ServerSettings, serverTarget } from './connection-settings.js';

export interface NamespaceSettings extends ServerSettings {
  /** How long closed cases stay readable in the Temporal UI. */
  readonly retentionDays: number;
}

/**
 * Gives the namespace the search attributes of the cases and its retention; safe to repeat. For servers of our own: on Temporal Cloud both are set
 * in its console. Throws when the server is away or an attribute exists with another type. Returns the names that were added.
 */
export async function prepareNamespace({ retentionDays, ...server }: NamespaceSettings): Promise<string[]> {
  const target = serverTarget(server);
  const connection = await Connection.connect({ ...clientConnection(target), connectTimeout: '5s' });
  try {
    const { namespace } = target;
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = SEARCH_ATTRIBUTES.filter(({ name, type }) => {
      const known = customAttributes[name];
      if (known !== undefined && known !== indexedType(type)) {
        throw new Error(`Search attribute ${name} exists with another type than ${type} in namespace ${namespace}`);
      }
      return known === undefined;
    });
    if (missing.length > 0) {
      const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, indexedType(type) ?? 0]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    }
    await new Client({ connection, namespace }).workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: (retentionDays * 86_400) as never } },
    });
    return missing.map(({ name }) => name);
  } finally {
    await connection.close();
  }
}
