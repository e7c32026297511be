export { type ConnectSettings, connectWorkflowDirectory } from './connect-workflow-directory.js';
export { type ServerSettings, type ServerTarget, serverTarget } from './connection-settings.js';
export { type NamespaceSettings, prepareNamespace } from './prepare-namespace.js';
