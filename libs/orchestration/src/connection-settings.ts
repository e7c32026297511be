import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** Where Temporal is. What is left out comes from Temporal's own profile file and `TEMPORAL_*` variables, so that Temporal Cloud needs no code. */
export interface ServerSettings {
  readonly address?: string;
  readonly namespace?: string;
  readonly profile?: string;
}

/** The resolved server, in the shape both kinds of connection take (a client's and a worker's). */
export interface ServerTarget {
  readonly namespace: string;
  readonly connection: Pick<ConnectionOptions, 'address' | 'tls' | 'metadata'> & { readonly apiKey?: string };
}

/** Resolves the settings against the profile. Throws when the profile file cannot be read: a wrong configuration must stop the start. */
export function serverTarget(settings: ServerSettings = {}): ServerTarget {
  const { connectionOptions, namespace } = loadClientConnectConfig({ profile: settings.profile });
  const { address, tls, metadata, apiKey } = connectionOptions;
  return {
    namespace: settings.namespace ?? namespace ?? 'default',
    connection: {
      address: settings.address ?? address ?? '127.0.0.1:7233',
      ...(tls === undefined ? {} : { tls }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(apiKey === undefined ? {} : { apiKey }),
    },
  };
}

/** The same for a client: no retry inside a call, so that with the server away it answers in milliseconds; no proxy; quick to come back. */
export function clientConnection(target: ServerTarget): ConnectionOptions {
  return {
    ...target.connection,
    interceptors: [],
    channelArgs: { 'grpc.enable_http_proxy': 0, 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1000 },
  };
}
