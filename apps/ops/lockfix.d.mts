export function completeLock(packages: Record<string, Record<string, unknown>>): string[];
