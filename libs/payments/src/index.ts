export { readPaymentEvent } from './payment-event.js';
export { readStripeEvent, type StripeReadingOptions } from './stripe-event.js';
export { verifyStripeSignature } from './stripe-signature.js';
