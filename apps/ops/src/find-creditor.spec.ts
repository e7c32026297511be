import { describe, expect, it } from 'vitest';
import { type Creditor, findCreditor, findCreditors } from './find-creditor.js';
import type { RestClient } from './rest-client.js';

const BOOK: readonly Creditor[] = [
  { creditorId: 'a-mirandole', legalName: 'Menuiserie Mirandole SAS', sandbox: true },
  { creditorId: 'b-zephyrine', legalName: 'Imprimerie Zéphyrine SRL', sandbox: true },
  { creditorId: 'Mir', legalName: 'Atelier SAS', sandbox: false },
];
const client = { all: async () => [...BOOK] } as unknown as RestClient;

describe('the creditor a command names', () => {
  it('is found by the beginning of any word of its id or name, as the README types it', async () => {
    expect((await findCreditor(client, 'mirandole')).creditorId).toBe('a-mirandole');
    expect((await findCreditor(client, 'zéphy')).creditorId).toBe('b-zephyrine');
    expect((await findCreditor(client, 'A-Mirandole')).creditorId).toBe('a-mirandole');
  });

  it('is the one of that exact id before any other that begins alike', async () => {
    expect((await findCreditor(client, 'Mir')).creditorId).toBe('Mir');
  });

  it('is refused with the known ones when nothing or several fit', async () => {
    await expect(findCreditors(client, 'sas')).rejects.toThrow('Plusieurs créanciers répondent à sas');
    await expect(findCreditors(client, 'nobody')).rejects.toThrow('a-mirandole, b-zephyrine, Mir');
    await expect(findCreditors(client, '--')).rejects.toThrow('inconnu');
  });
});
