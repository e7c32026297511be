import type { CaseworkDeps } from '#casework';
import type { MailPort, PostPort } from '#ports';

/** What the acts need. `post` is absent where no provider is configured: registered letters then wait in the tray to be printed. */
export interface ActivityPorts {
  readonly casework: CaseworkDeps;
  readonly mail: MailPort;
  readonly post?: PostPort;
}
