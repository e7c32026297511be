import type { CaseworkDeps } from '#casework';
import type { MailPort, PostPort } from '#ports';

/**
 * What the acts need. `post` takes the letters of sandbox creditors, and those of real ones where `postsForReal`; every other registered letter waits in the
 * tray to be printed.
 */
export interface ActivityPorts {
  readonly casework: CaseworkDeps;
  readonly mail: MailPort;
  readonly post?: PostPort;
  readonly postsForReal?: boolean;
}
