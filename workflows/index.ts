export { informDebtor } from './message/message.workflow.js';
export { recoverInvoice } from './recovery/recovery.workflow.js';
