export { checkPolicy, type PolicyFinding, type PolicyFindingCode } from './check-policy.js';
export {
  type ChosenPolicy,
  choosePolicy,
  fitsRegime,
  type KnownRegime,
  type PolicyChoice,
  type PolicySetting,
  presetOfRegime,
} from './choose-policy.js';
export { loadPresets, readPolicy } from './load-presets.js';
export { policyHash } from './policy-hash.js';
export { policySchema } from './policy-schema.js';
