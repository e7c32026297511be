export { createSealer, type MasterKey, parseMasterKey, SealingError } from './envelope-sealer.js';
export {
  type StandardWebhookHeaders,
  signStandardWebhook,
  standardWebhookSecret,
  verifyStandardWebhook,
} from './standard-webhook-signature.js';
