import { DOCUMENT_MAX_BYTES } from '@terreau/features/support/document.rules';
import { textIn, typedIn, type Typed } from '../directory/forms.ts';

/** The field `file` of a form, with the name typed for it or its own; one byte too many stands for all that is too heavy. */
export async function uploadIn(request: Request): Promise<{ typed: Typed; bytes: Uint8Array; name: string }> {
  const form = await request.formData();
  const typed = typedIn(form);
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return { typed, bytes: new Uint8Array(), name: '' };
  const bytes =
    file.size > DOCUMENT_MAX_BYTES ? new Uint8Array(DOCUMENT_MAX_BYTES + 1) : new Uint8Array(await file.arrayBuffer());
  return { typed, bytes, name: textIn(typed, 'name').trim().slice(0, 200) || file.name.slice(0, 300) };
}
