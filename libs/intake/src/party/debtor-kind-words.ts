import type { DebtorKind } from '#domain';

/**
 * Words that reveal public bodies and co-owners by their name. Compared in lower case without accents; a word at the start of the name
 * unless `anywhere`. The table only ever takes a debtor out of the business regime, so a doubtful word belongs in it.
 */
export interface KindWord {
  readonly kind: Extract<DebtorKind, 'publicBody' | 'coOwners'>;
  readonly word: string;
  readonly anywhere?: true;
}

const publicBody = (...words: string[]): KindWord[] => words.map((word) => ({ kind: 'publicBody', word }));
const publicAnywhere = (...words: string[]): KindWord[] => words.map((word) => ({ kind: 'publicBody', word, anywhere: true }));
const coOwners = (...words: string[]): KindWord[] => words.map((word) => ({ kind: 'coOwners', word, anywhere: true }));

export const DEBTOR_KIND_WORDS: readonly KindWord[] = [
  // Co-ownership first: « SDC Mairie » is a building, not a town hall.
  ...coOwners(
    'syndicat des coproprietaires',
    'syndicat de coproprietaires',
    'syndicat coproprietaires',
    'coproprietaires',
    'copropriete',
    'co-propriete',
  ),
  ...coOwners('association des coproprietaires', 'vereniging van mede-eigenaars', 'vereniging van medeeigenaars', 'mede-eigenaars'),
  { kind: 'coOwners', word: 'sdc' },
  { kind: 'coOwners', word: 'acp' },
  { kind: 'coOwners', word: 'vme' },
  // France: State, local authorities and their establishments.
  ...publicBody(
    'commune de',
    'commune d',
    'commune des',
    'commune du',
    'ville de',
    'ville d',
    'mairie',
    'departement de',
    'departement d',
    'departement du',
    'departement des',
  ),
  ...publicBody(
    'region',
    'conseil departemental',
    'conseil regional',
    'metropole de',
    'metropole d',
    'prefecture',
    'sous-prefecture',
    'ministere',
    'rectorat',
  ),
  ...publicBody(
    'chu',
    'chru',
    'centre hospitalier',
    'ehpad public',
    'ccas',
    'cias',
    'sdis',
    'crous',
    'universite',
    'lycee',
    'college',
    'tresorerie',
    'dgfip',
    'urssaf',
  ),
  ...publicAnywhere(
    'communaute de communes',
    'communaute d agglomeration',
    'communaute urbaine',
    'assistance publique',
    'centre communal d action sociale',
  ),
  ...publicAnywhere('syndicat intercommunal', 'syndicat mixte', 'office public de l habitat', 'etablissement public'),
  // Belgium: federal services, regions, provinces, municipalities, welfare centres.
  ...publicBody(
    'spf',
    'fod',
    'spw',
    'spp',
    'pod',
    'cpas',
    'ocmw',
    'gemeente',
    'stad',
    'provincie',
    'province de',
    'province du',
    'vlaamse overheid',
    'administration communale',
  ),
  ...publicBody(
    'service public federal',
    'service public de wallonie',
    'federale overheidsdienst',
    'gemeentebestuur',
    'stadsbestuur',
    'politiezone',
    'zone de police',
    'hulpverleningszone',
  ),
  ...publicAnywhere('intercommunale', 'openbaar centrum voor maatschappelijk welzijn', 'centre public d action sociale'),
];
