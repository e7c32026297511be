export { envExample } from './env-example.js';
export { type Config, ConfigError, type Environment, loadConfig } from './load-config.js';
export { TEMPORAL_VARIABLES, type Variable, VARIABLES } from './variables.js';
