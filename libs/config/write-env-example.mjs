// Rewrites .env.example from the schema. Runs from the compiled tree: `npm run build` first.
import { writeFileSync } from 'node:fs';
import { envExample } from '#config';

writeFileSync(new URL('../../.env.example', import.meta.url), envExample());
