export { checkPolicy, type PolicyFinding, type PolicyFindingCode } from './check-policy.js';
export { type ChosenPolicy, choosePolicy, type PolicyChoice } from './choose-policy.js';
export { loadPresets, readPolicy } from './load-presets.js';
export { policyHash } from './policy-hash.js';
export { policySchema } from './policy-schema.js';
