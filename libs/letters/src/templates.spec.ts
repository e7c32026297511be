import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LETTERS_ROOT, readAsset } from './asset.js';
import { htmlEngine, textEngine } from './template-engines.js';

const files = (language: string) => readdirSync(`${LETTERS_ROOT}/templates/${language}`).sort();

/** What a reader sees of a template: without tags, outputs, include parameters and markup. */
const wording = (source: string) => source.replace(/^\s*#.*$/gm, '').replace(/\{%.*?%\}|\{\{.*?\}\}|<[^>]*>/gs, '\u0001');

describe('templates', () => {
  it('exist for every act in every language, with the same keys', () => {
    for (const language of ['nl', 'en']) {
      expect(files(language)).toEqual(files('fr'));
      for (const file of files('fr').filter((name) => name.endsWith('.yaml'))) {
        const shape = (path: string) =>
          Object.entries(parse(readAsset(path)) as object).flatMap(([key, value]) =>
            typeof value === 'string' ? [key] : Object.keys(value).map((sub) => `${key}.${sub}`),
          );
        expect(shape(`templates/${language}/${file}`).sort()).toEqual(shape(`templates/fr/${file}`).sort());
      }
    }
  });

  it('in French carry a narrow no-break space before double signs and a curled apostrophe', () => {
    for (const file of files('fr')) {
      const text = wording(readFileSync(`${LETTERS_ROOT}/templates/fr/${file}`, 'utf8'));
      const prose = file.endsWith('.yaml') ? text.replace(/^\s*\w+:/gm, '').replace(/''/g, "'") : text;
      expect(prose.match(/.{0,20} [;!?:»].{0,5}/g) ?? [], file).toEqual([]);
      expect(prose.match(/\p{L}'\p{L}/gu) ?? [], file).toEqual([]);
    }
  });

  it('cannot read prototypes, unknown names or unknown filters, and end in bounded time', async () => {
    const scope = { debtor: { name: 'x' } };
    for (const source of [
      '{{ debtor.constructor }}',
      '{{ nobody }}',
      '{{ debtor.name | shell }}',
      '{% for i in (1..100000000) %}x{% endfor %}',
    ]) {
      for (const engine of [htmlEngine, textEngine]) await expect(engine.parseAndRender(source, scope), source).rejects.toThrow();
    }
  });

  it('escape for HTML and leave plain text plain', async () => {
    const scope = { name: 'Zoé & <b>' };
    expect(await htmlEngine.parseAndRender('{{ name }}', scope)).toBe('Zoé &amp; &lt;b&gt;');
    expect(await textEngine.parseAndRender('{{ name }}', scope)).toBe('Zoé & <b>');
  });
});
