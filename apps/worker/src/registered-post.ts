import type { ActivityPorts } from '#activities';
import type { Config } from '#config';
import { createHttpPost } from '#post';

/** Letters of sandbox creditors go to the local tray, those of real ones to the provider where an address and a key are configured; others are printed. */
export function registeredPost(
  config: Pick<Config, 'POST_PROVIDER_URL' | 'POST_PROVIDER_KEY' | 'SENDGRID_SANDBOX_URL'>,
  localTray: string,
): Pick<ActivityPorts, 'post' | 'postsForReal'> {
  const { POST_PROVIDER_URL: baseUrl, POST_PROVIDER_KEY: apiKey } = config;
  const live = baseUrl && apiKey ? { baseUrl, apiKey } : undefined;
  if (!live && !config.SENDGRID_SANDBOX_URL) return {};
  return { post: createHttpPost({ localTray: { baseUrl: localTray }, ...(live ? { live } : {}) }), postsForReal: live !== undefined };
}
