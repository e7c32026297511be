export function installationVariables(options: {
  root: string;
  data: string;
  ports: Readonly<Record<string, number>>;
  secrets: Readonly<Record<string, string>>;
  temporal: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string | undefined>>;
}): Record<string, string>;
export function environmentFile(variables: Readonly<Record<string, string>>): string;
export function childEnvironment(env: NodeJS.ProcessEnv, variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv;
