import type { DB } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import type { Selectable } from 'kysely';
import {
  applyFields,
  type AppliedFields,
  type FieldAuthor,
  type FieldSubject,
  type FieldValues
} from './field-history.ts';
import type { CombinedPlace, CombinedPost, CombinedService, Group, GroupRow } from './import-groups.rules.ts';
import { placeKey } from './import-reconcile.rules.ts';
import {
  neighbourhoodOf,
  placeRow,
  postRow,
  serviceRow,
  shownSource,
  type ImportWriting,
  type ReadGroup
} from './import-write.ts';
import { plainForm } from '@terreau/formats/cells';

/** What a group did to a sheet that was there. */
export interface GroupEffect {
  /** Whether anything of the sheet, its places or its services changed. */
  changed: boolean;
  /** Rows that brought a place or a service of their own, and whether it is new. */
  readonly brought: Map<GroupRow, 'created' | 'updated'>;
  /** Fields that a person typed and that stayed, such as `phone` or `place.address`. */
  readonly leftAlone: Set<string>;
  /** What was added to the sheet, so that it can be taken back. */
  readonly added: AddedRows;
}

export interface AddedRows {
  readonly places: Id[];
  readonly services: Id[];
  readonly posts: Id[];
  /** Service and place. */
  readonly links: (readonly [Id, Id])[];
}

interface Sheet {
  readonly organization: Selectable<DB['organization']>;
  readonly places: Selectable<DB['place']>[];
  readonly services: Selectable<DB['service']>[];
  readonly posts: Selectable<DB['post']>[];
  readonly links: Set<string>;
}

/** Brings existing sheets up to date with what the file says. The producer's own sheets follow it; others are only completed. */
export async function updateGroups(
  tx: Tx,
  writing: ImportWriting,
  groups: readonly ReadGroup[]
): Promise<Map<Id, GroupEffect>> {
  const sheets = await readSheets(
    tx,
    groups.map(({ group }) => group.id)
  );
  const effects = new Map<Id, GroupEffect>();
  for (const read of groups) {
    const sheet = sheets.get(read.group.id);
    if (!sheet) throw new Error('an organisation found a moment ago is no longer there');
    effects.set(read.group.id, await new SheetUpdate(tx, writing, read, sheet).run());
  }
  return effects;
}

async function readSheets(tx: Tx, ids: readonly Id[]): Promise<Map<Id, Sheet>> {
  if (ids.length === 0) return new Map();
  const organizations = await tx
    .selectFrom('organization')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  const places = await tx
    .selectFrom('place')
    .selectAll()
    .where('organization_id', 'in', ids)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const services = await tx
    .selectFrom('service')
    .selectAll()
    .where('organization_id', 'in', ids)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const links = await tx
    .selectFrom('service_place')
    .innerJoin('service', 'service.id', 'service_place.service_id')
    .select(['service_place.service_id', 'service_place.place_id', 'service.organization_id'])
    .where('service.organization_id', 'in', ids)
    .execute();
  const posts = await tx.selectFrom('post').selectAll().where('organization_id', 'in', ids).orderBy('id').execute();
  const placesOf = Map.groupBy(places, (row) => row.organization_id);
  const servicesOf = Map.groupBy(services, (row) => row.organization_id);
  const linksOf = Map.groupBy(links, (row) => row.organization_id);
  const postsOf = Map.groupBy(posts, (row) => row.organization_id);
  return new Map(
    organizations.map((organization) => [
      organization.id,
      {
        organization,
        places: placesOf.get(organization.id) ?? [],
        services: servicesOf.get(organization.id) ?? [],
        posts: postsOf.get(organization.id) ?? [],
        links: new Set((linksOf.get(organization.id) ?? []).map((link) => `${link.service_id}/${link.place_id}`))
      }
    ])
  );
}

class SheetUpdate {
  readonly #tx: Tx;
  readonly #writing: ImportWriting;
  readonly #read: ReadGroup;
  readonly #sheet: Sheet;
  readonly #effect: GroupEffect = {
    changed: false,
    brought: new Map(),
    leftAlone: new Set(),
    added: { places: [], services: [], posts: [], links: [] }
  };
  readonly #author: FieldAuthor;
  readonly #follows: boolean;
  readonly #met = new Set<Id>();

  constructor(tx: Tx, writing: ImportWriting, read: ReadGroup, sheet: Sheet) {
    this.#tx = tx;
    this.#writing = writing;
    this.#read = read;
    this.#sheet = sheet;
    this.#follows = followsItsSource(read.group, sheet.organization, writing.source);
    this.#author = {
      accountId: writing.startedBy,
      byHand: false,
      source: shownSource(read.group.rows, writing.source).source,
      importRunId: writing.runId,
      now: writing.now
    };
  }

  async run(): Promise<GroupEffect> {
    const { combined, group } = this.#read;
    const { organization } = this.#sheet;
    const closes = combined.isClosed && organization.status === 'published';
    const wanted = closes ? { ...combined.values, status: 'hidden' } : combined.values;
    if (Object.keys(wanted).length > 0)
      await this.#apply(this.#subject('organization', group.id), organization, wanted, '');
    const placeIds: Id[] = [];
    for (const place of combined.places) placeIds.push(await this.#placeId(place));
    for (const service of combined.services) await this.#bringService(service, placeIds);
    for (const post of combined.posts) await this.#bringPost(post);
    return this.#effect;
  }

  async #placeId(place: CombinedPlace): Promise<Id> {
    const known = this.#findPlace(place);
    const neighbourhood = neighbourhoodOf(this.#writing, place);
    if (known) {
      const { latitude, longitude, ...elsewhere } = place.values;
      const stated = isAt(known, { latitude, longitude }) ? elsewhere : place.values;
      const wanted = { ...stated, ...(neighbourhood === null ? {} : { neighbourhood_id: neighbourhood }) };
      const applied = await this.#apply(this.#subject('place', known.id), known, wanted, 'place.');
      if (applied.changed.length > 0) this.#bring(place.row, 'updated');
      return known.id;
    }
    const row = placeRow(this.#writing, this.#read.group.id, place, newId(), this.#sheet.places.length);
    this.#sheet.places.push(await this.#tx.insertInto('place').values(row).returningAll().executeTakeFirstOrThrow());
    this.#effect.added.places.push(row.id!);
    this.#bring(place.row, 'created');
    return row.id!;
  }

  #findPlace(place: CombinedPlace): Sheet['places'][number] | undefined {
    const { places } = this.#sheet;
    const [only] = places;
    const alone = only && places.length === 1 && this.#read.combined.places.length === 1 ? only : undefined;
    return (
      places.find((known) => known.id === place.ownId) ??
      places.find((known) => place.key !== null && placeKey(known) === place.key) ??
      places.find((known) => isAt(known, place.values)) ??
      // One place here, one there: it moved, or one of the two says where it is and the other does not.
      (this.#follows || place.key === null || !alone?.address ? alone : undefined) ??
      (isVague(place) ? places.find((known) => isSameTown(known, place.values)) : undefined)
    );
  }

  async #bringService(service: CombinedService, placeIds: readonly Id[]): Promise<void> {
    const known = this.#findService(service);
    const id = known?.id ?? newId();
    if (known) {
      const applied = await this.#apply(this.#subject('service', known.id), known, service.values, 'service.');
      if (applied.changed.length > 0) this.#bring(service.row, 'updated');
    } else {
      const row = serviceRow(this.#writing, this.#read.group.id, service, id, this.#sheet.services.length);
      this.#sheet.services.push(
        await this.#tx.insertInto('service').values(row).returningAll().executeTakeFirstOrThrow()
      );
      this.#effect.added.services.push(id);
      this.#met.add(id);
      this.#bring(service.row, 'created');
    }
    for (const at of new Set(service.places)) {
      const link = { service_id: id, place_id: placeIds[at]! };
      if (this.#sheet.links.has(`${link.service_id}/${link.place_id}`)) continue;
      await this.#tx.insertInto('service_place').values(link).execute();
      this.#effect.added.links.push([link.service_id, link.place_id]);
      this.#bring(service.row, known ? 'updated' : 'created');
    }
  }

  /** A post is the same by its id, or by its kind and its title. */
  async #bringPost(post: CombinedPost): Promise<void> {
    const { kind, ...wanted } = post.values;
    const free = this.#sheet.posts.filter((known) => !this.#met.has(known.id));
    const found =
      free.find((known) => known.id === post.ownId) ??
      free.find((known) => known.kind === kind && plainForm(known.title) === plainForm(String(wanted['title'])));
    if (found) {
      this.#met.add(found.id);
      const applied = await this.#apply(this.#subject('post', found.id), found, wanted, 'post.');
      if (applied.changed.length > 0) this.#bring(post.row, 'updated');
      return;
    }
    const row = postRow(this.#writing, this.#read.group.id, post, newId());
    await this.#tx.insertInto('post').values(row).execute();
    this.#effect.added.posts.push(row.id!);
    this.#bring(post.row, 'created');
  }

  /** By its id, then by its name; each known service answers once, since two may bear one name. */
  #findService({ ownId, source, sourceId, values }: CombinedService): Sheet['services'][number] | undefined {
    const free = this.#sheet.services.filter((known) => !this.#met.has(known.id));
    const name = plainForm(String(values['name']));
    const found =
      free.find((known) => known.id === ownId) ??
      free.find((known) => sourceId !== null && known.source === source && known.source_id === sourceId) ??
      free.find((known) => (sourceId === null || known.source_id === null) && plainForm(known.name) === name);
    if (found) this.#met.add(found.id);
    return found;
  }

  async #apply(
    subject: FieldSubject,
    current: FieldValues,
    stated: FieldValues,
    prefix: string
  ): Promise<AppliedFields> {
    const wanted = this.#follows ? stated : onlyMissing(current, stated);
    const applied = await applyFields(this.#tx, subject, current, wanted, this.#author);
    if (applied.changed.length > 0) this.#effect.changed = true;
    for (const field of applied.protected) this.#effect.leftAlone.add(prefix + field);
    return applied;
  }

  #bring(row: GroupRow, how: 'created' | 'updated'): void {
    this.#effect.changed = true;
    if (this.#effect.brought.get(row) !== 'created') this.#effect.brought.set(row, how);
  }

  #subject(kind: FieldSubject['kind'], id: Id): FieldSubject {
    return { kind, id, organizationId: this.#read.group.id, territoryId: this.#writing.territoryId };
  }
}

/** Files round positions, our own GeoJSON among them: about a centimetre. */
const SAME_POSITION_DEGREES = 1e-7;

function isAt(known: Sheet['places'][number], { latitude, longitude }: FieldValues): boolean {
  const isNear = (one: number | null, other: unknown) =>
    one !== null && typeof other === 'number' && Math.abs(one - other) < SAME_POSITION_DEGREES;
  return isNear(known.latitude, latitude) && isNear(known.longitude, longitude);
}

/** It names a town at most: any place of the organisation in that town will do. */
function isVague(place: CombinedPlace): boolean {
  return place.key === null && place.values['latitude'] === undefined;
}

function isSameTown(known: Sheet['places'][number], values: FieldValues): boolean {
  const codes = [known.city_code, values['city_code']];
  if (codes.every((code) => code !== null && code !== undefined)) return codes[0] === codes[1];
  return known.postcode === (values['postcode'] ?? null) && known.city === (values['city'] ?? null);
}

/**
 * A file changes what came from its own producer under the same id; what came from elsewhere it only completes, or two
 * files would fight. A source without ids is its own by its name.
 */
function followsItsSource(group: Group, organization: Sheet['organization'], fileSource: string): boolean {
  const isOwn = (source: string | null, sourceId: string | null) =>
    source === organization.source && (organization.source_id === null || sourceId === organization.source_id);
  return group.rows.some((row) => {
    if (row.by === 'id' || row.trusted) return true;
    const { source, sourceId } = row.record.organization;
    return row.keys.length > 0
      ? row.keys.some((key) => isOwn(key.source, key.sourceId))
      : isOwn(source ?? fileSource, sourceId);
  });
}

function onlyMissing(current: FieldValues, stated: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(stated).filter(([field]) => {
      const value = current[field];
      return (
        value === null ||
        value === undefined ||
        (Array.isArray(value) && value.length === 0) ||
        (field === 'legal_form' && value === 'other')
      );
    })
  );
}
