export type { ActivityPorts } from './activity-ports.js';
export { createRecoveryActs } from './acts/recovery-acts.js';
export { createMessageActs } from './message/deliver-message.js';
