import { Problem } from '../http/problem.js';

interface ArchivedMail {
  readonly content?: readonly { readonly type?: string; readonly value?: string }[];
  readonly attachments?: readonly { readonly content?: string; readonly type?: string; readonly content_id?: string }[];
}

const IMAGE = /^image\/(png|jpeg|gif)$/;

/** No script, no request to anywhere, no form: what the letter looks like and nothing else. */
export const PREVIEW_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** The HTML part of an archived mail, with its inline images set in. Throws a problem when the bytes hold none. */
export function mailPreview(bytes: Uint8Array): string {
  const mail = JSON.parse(Buffer.from(bytes).toString('utf8')) as ArchivedMail;
  const html = mail.content?.find(({ type }) => type === 'text/html')?.value;
  if (!html) throw new Problem('documentNotFound', { detail: 'Ce message n’a pas de partie HTML.' });
  const images = (mail.attachments ?? []).filter((attachment) => attachment.content_id && IMAGE.test(attachment.type ?? ''));
  return images.reduce(
    (page, image) => page.replaceAll(`cid:${image.content_id}`, () => `data:${image.type};base64,${image.content ?? ''}`),
    html,
  );
}
