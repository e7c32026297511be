export function nodeProblem(version?: string): string | undefined;
export function manifestHash(folder?: string): string;
export function ensureDependencies(): void;
