import { TEMPORAL_VARIABLES, type Variable, VARIABLES } from './variables.js';

function entry(variable: Variable): string {
  const fallback = variable.shape.safeParse(undefined);
  const value = variable.example ?? (fallback.success && fallback.data !== undefined ? String(fallback.data) : '');
  const notes = [variable.meaning, variable.required ? 'required' : '', variable.secret ? `or ${variable.name}_FILE` : ''].filter(Boolean);
  return `# ${notes.join(' · ')}\n${variable.required ? '' : '#'}${variable.name}=${value}`;
}

/** Text of `.env.example`: one variable with its meaning and default after the other. */
export function envExample(): string {
  const own = VARIABLES.map(entry);
  const temporal = TEMPORAL_VARIABLES.map(({ name, meaning }) => `# ${meaning}\n#${name}=`);
  const head = '# Written by `npm run env:example` from libs/config; `npm start` needs none of it.';
  return `${[head, ...own, '# Connection to Temporal, read by its own library', ...temporal].join('\n\n')}\n`;
}
