-- Search. Row-level security forbids an index on operators that are not leakproof (`@@`, `%`), so what is searched
-- stands in a table of its own, without row-level security, which holds published sheets and nothing else:
-- one row for each published organisation, with its services, open needs and offers, and all that a list shows.
-- Triggers rebuild it at the commit of any transaction that touched a sheet; the app's role can only read it.

-- From here to `search_analyse`: how text is cut into words. The same functions serve sheets and queries.

-- Lower case without accents; inclusive and gendered writing brought back to one word
-- (conducteur·rice, accastilleur(se), conducteur / conductrice → one word), C.C.A.S. → ccas; the rest is spaces.
-- Each costly pattern runs only on texts that hold its sign.
create function search_plain(written text) returns text language plpgsql stable parallel safe
set search_path = public, pg_catalog as $$
declare
  t text := unaccent(lower(left(coalesce(written, ''), 20000)));
begin
  if strpos(t, '(') > 0 then t := regexp_replace(t, '([a-z])\([a-z]{1,6}\)', '\1', 'g'); end if;
  if strpos(t, '·') > 0 or strpos(t, '•') > 0 then
    t := regexp_replace(t, '([a-z]{2})[·•][a-z]{1,6}([·•]s)?', '\1', 'g');
  end if;
  if strpos(t, '/') > 0 then t := regexp_replace(t, '\m([a-z]{3})([a-z-]*) ?/ ?\1[a-z-]*', '\1\2', 'g'); end if;
  if t ~ '[a-z]\.[a-z]' then
    t := regexp_replace(t, '\m([a-z])\.(?=[a-z](\.|\M))', '\1', 'g');
    t := regexp_replace(t, '([a-z]{3})\.(e|ne|se|rice|trice|euse|ere|ive)(\.?s)?\M', '\1', 'g');
  end if;
  return translate(t, E'''-_/.,;:!?()[]{}"«»…·•*+=<>@#&%|\\~`^$€°–—\t\r\n', repeat(' ', 60));
end $$;

-- The family of a word: without its plural, feminine and commonest endings (conductrices → conduc, coiffeuse → coif).
-- Four letters at least are left, so that short words keep their meaning.
create function search_root(word text) returns text language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(regexp_replace(word, '(...)[sx]$', '\1'),
    '^(.{4,}?)(atrice|ateur|ation|atif|ative|ition|iteur|itrice|ement|ment|ance|ence|trice|teur|tion|euse|eur|eux|iere|ier|ere|ienne|ien|iste|isme|ique|ante|ant|ive|if|ee|er|ir|re|es|e|i)$', '\1'),
    '(.)\1$', '\1')
$$;

-- Cuts a query into words, in order: as written without accents, its lexeme (null for an empty word such as "de"), its family.
create function search_analyse(written text) returns table (nth bigint, word text, lexeme text, root text)
language sql stable parallel safe set search_path = public, pg_catalog as $$
  select ordinality, w, (ts_lexize('french_stem', w))[1], search_root(w)
  from string_to_table(search_plain(written), ' ') with ordinality as s (w, ordinality)
  where w <> '' and length(w) <= 60
$$;

-- What the words of the reference lists are in French, so that a theme or a public is found by its words.
create table search_label (code text primary key, label text not null);
insert into search_label (code, label) values
  ('choisir-un-metier--confirmer-son-choix-de-metier', 'Choisir un métier : Confirmer son choix de métier'),
  ('choisir-un-metier--connaitre-les-opportunites-demploi', 'Choisir un métier : Connaître les opportunités d’emploi'),
  ('choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite', 'Choisir un métier : Découvrir un métier ou un secteur d’activité'),
  ('choisir-un-metier--identifier-ses-points-forts-et-ses-competences', 'Choisir un métier : Identifier ses points forts et ses compétences'),
  ('creer-une-entreprise--definir-son-projet-de-creation-dentreprise', 'Créer une entreprise : Définir son projet de création d’entreprise'),
  ('creer-une-entreprise--developper-son-entreprise', 'Créer une entreprise : Développer son entreprise'),
  ('creer-une-entreprise--structurer-son-projet-de-creation-dentreprise', 'Créer une entreprise : Structurer son projet de création d’entreprise'),
  ('difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives', 'Difficultés administratives ou juridiques : Accompagnement aux démarches administratives'),
  ('difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete', 'Difficultés administratives ou juridiques : Accompagnement pour l’accès à la citoyenneté'),
  ('difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits', 'Difficultés administratives ou juridiques : Accompagnement pour l’accès aux droits'),
  ('difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte', 'Difficultés administratives ou juridiques : Bénéficier d’une mesure d’accompagnement adapté'),
  ('difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination', 'Difficultés administratives ou juridiques : Connaître ses droits face à une discrimination'),
  ('difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire', 'Difficultés administratives ou juridiques : Prendre en compte une problématique judiciaire'),
  ('difficultes-financieres--acquerir-une-autonomie-budgetaire', 'Difficultés financières : Acquérir une autonomie budgétaire'),
  ('difficultes-financieres--ameliorer-sa-gestion-budgetaire', 'Difficultés financières : Améliorer sa gestion budgétaire'),
  ('difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere', 'Difficultés financières : Mettre en place une mesure de protection financière'),
  ('difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere', 'Difficultés financières : Prévenir une dégradation de la situation financière'),
  ('difficultes-financieres--situation-dendettement-surendettement', 'Difficultés financières : Situation d’endettement ou de surendettement'),
  ('equipement-et-alimentation--aide-menagere', 'Équipement et alimentation : Aide ménagère'),
  ('equipement-et-alimentation--alimentation', 'Équipement et alimentation : Alimentation'),
  ('equipement-et-alimentation--electromenager', 'Équipement et alimentation : Électroménager'),
  ('equipement-et-alimentation--habillement', 'Équipement et alimentation : Habillement'),
  ('famille--garde-denfants', 'Famille : Garde d’enfants'),
  ('famille--prise-en-charge-personne-dependante', 'Famille : Prise en charge d’une personne dépendante'),
  ('famille--soutien-a-la-parentalite-et-a-leducation', 'Famille : Soutien à la parentalité et à l’éducation'),
  ('famille--soutien-aidants', 'Famille : Soutien aux aidants'),
  ('famille--surmonter-conflits-separation-violence', 'Famille : Surmonter les conflits liés à la séparation ou à la violence'),
  ('lecture-ecriture-calcul--maitriser-le-calcul', 'Lecture, écriture, calcul : Maîtriser le calcul'),
  ('lecture-ecriture-calcul--maitriser-le-francais', 'Lecture, écriture, calcul : Maîtriser le français'),
  ('logement-hebergement--acheter-un-logement', 'Logement, hébergement : Acheter un logement'),
  ('logement-hebergement--changer-de-logement', 'Logement, hébergement : Changer de logement'),
  ('logement-hebergement--louer-un-logement', 'Logement, hébergement : Louer un logement'),
  ('logement-hebergement--rechercher-une-solution-dhebergement-temporaire', 'Logement, hébergement : Rechercher une solution d’hébergement temporaire'),
  ('logement-hebergement--reduire-les-impayes-de-loyer', 'Logement, hébergement : Réduire les impayés de loyer'),
  ('logement-hebergement--se-maintenir-dans-le-logement', 'Logement, hébergement : Se maintenir dans le logement'),
  ('logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement', 'Logement, hébergement : S’informer sur les démarches liées à l’accès au logement'),
  ('mobilite--acceder-a-un-vehicule', 'Mobilité : Accéder à un véhicule'),
  ('mobilite--entretenir-reparer-son-vehicule', 'Mobilité : Entretenir et réparer son véhicule'),
  ('mobilite--etre-accompagne-dans-son-parcours-mobilite', 'Mobilité : Être accompagné dans son parcours mobilité'),
  ('mobilite--financer-ma-mobilite', 'Mobilité : Financer ma mobilité'),
  ('mobilite--mobilite-douce-partagee-collective', 'Mobilité : Utiliser des services de mobilité douce, partagée ou collective'),
  ('mobilite--preparer-un-permis', 'Mobilité : Préparer un permis'),
  ('numerique--acceder-a-des-services-en-ligne', 'Numérique : Accéder à des services en ligne'),
  ('numerique--acceder-a-une-connexion-internet', 'Numérique : Accéder à une connexion Internet'),
  ('numerique--acquerir-un-equipement', 'Numérique : Acquérir un équipement'),
  ('numerique--maitriser-les-fondamentaux-du-numerique', 'Numérique : Maîtriser les fondamentaux du numérique'),
  ('preparer-sa-candidature--developper-son-reseau', 'Préparer sa candidature : Développer son réseau'),
  ('preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi', 'Préparer sa candidature : Organiser ses démarches de recherche d’emploi'),
  ('preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation', 'Préparer sa candidature : Réaliser un CV et/ou une lettre de motivation'),
  ('preparer-sa-candidature--valoriser-ses-competences', 'Préparer sa candidature : Valoriser ses compétences'),
  ('remobilisation--activites-sportives-et-culturelles', 'Remobilisation : Activités sportives et culturelles'),
  ('remobilisation--benevolat-action-citoyenne', 'Remobilisation : Bénévolat et action citoyenne'),
  ('remobilisation--bien-etre-confiance-en-soi', 'Remobilisation : Bien-être et confiance en soi'),
  ('remobilisation--lien-social', 'Remobilisation : Lien social'),
  ('sante--acces-aux-soins', 'Santé : Accès aux soins'),
  ('sante--addictions', 'Santé : Addictions'),
  ('sante--constituer-un-dossier-mdph-invalidite', 'Santé : Constituer un dossier MDPH pour invalidité'),
  ('sante--sante-mentale', 'Santé : Santé mentale'),
  ('sante--sante-sexuelle', 'Santé : Santé sexuelle'),
  ('se-former--monter-son-dossier-de-formation', 'Se former : Monter son dossier de formation'),
  ('se-former--trouver-sa-formation', 'Se former : Trouver sa formation'),
  ('souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger', 'S’ouvrir à l’international : Connaître les opportunités d’emploi à l’étranger'),
  ('souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger', 'S’ouvrir à l’international : S’informer sur les aides pour travailler à l’étranger'),
  ('souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france', 'S’ouvrir à l’international : S’organiser suite à son retour en France'),
  ('trouver-un-emploi--convaincre-un-recruteur-en-entretien', 'Trouver un emploi : Convaincre un recruteur en entretien'),
  ('trouver-un-emploi--faire-des-candidatures-spontanees', 'Trouver un emploi : Faire des candidatures spontanées'),
  ('trouver-un-emploi--maintien-dans-lemploi', 'Trouver un emploi : Maintien dans l’emploi'),
  ('trouver-un-emploi--repondre-a-des-offres-demploi', 'Trouver un emploi : Répondre à des offres d’emploi'),
  ('trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs', 'Trouver un emploi : Suivre ses candidatures et relancer les employeurs'),
  ('actifs', 'Actifs'),
  ('beneficiaires-des-minimas-sociaux', 'Bénéficiaires des minimas sociaux'),
  ('demandeurs-emploi', 'Demandeurs d’emploi'),
  ('etudiants', 'Étudiants'),
  ('familles', 'Familles'),
  ('femmes', 'Femmes'),
  ('jeunes', 'Jeunes'),
  ('personnes-en-situation-de-handicap', 'Personnes en situation de handicap'),
  ('personnes-en-situation-durgence', 'Personnes en situation d’urgence'),
  ('personnes-en-situation-juridique-specifique', 'Personnes en situation juridique spécifique'),
  ('personnes-exilees', 'Personnes exilées'),
  ('residents-qpv-frr', 'Résidents en QPV ou FRR'),
  ('seniors', 'Séniors'),
  ('tous-publics', 'Tous publics');

-- The words of a list of codes: their labels, or the codes themselves read as words.
create function search_labels(codes text[]) returns text language sql stable parallel safe
set search_path = public, pg_catalog as $$
  select string_agg(coalesce(l.label, replace(c.code, '-', ' ')), ' ')
  from unnest(codes) as c (code) left join search_label l on l.code = c.code
$$;

create table search_document (
  organization_id uuid primary key,
  territory_id uuid not null,
  name text not null,
  acronym text,
  summary text,
  themes text[] not null,
  publics text[] not null,
  city text,
  neighbourhood_id uuid,
  latitude double precision,
  longitude double precision,
  opening_hours text,
  confirmed_at timestamptz,
  stale_at timestamptz,
  -- The order of a list without words: the name as `search_plain` writes it.
  sort_name text not null,
  -- Lexemes. Weights: A name and acronym, B services, C themes, needs and offers, D the rest.
  -- A lexeme of the name stands a second time behind "=", so that the index alone finds names among common words.
  terms tsvector not null,
  needs tsvector,
  offers tsvector,
  -- Each short text of the sheet as its lexemes, in order; the first letter says what it is:
  -- n name, s service, d need ("demande"), o offer, t theme. A query that fits one of them whole is worth more than scattered words.
  passages text[] not null,
  -- What filters compare, indexed with the words: territory:…, theme:…, public:…, neighbourhood:…, kind:….
  marks text[] not null
);
create index search_document_found on search_document using gin (terms, marks) with (fastupdate = off);
create index search_document_listed on search_document (territory_id, sort_name, organization_id);

-- The vocabulary, of published sheets only. `shown` keeps the accents, for "results for …".
create table search_word (word text primary key, shown text not null, lexeme text not null, root text not null);
create index search_word_lexeme on search_word (lexeme);
create index search_word_root on search_word (root);
create index search_word_near on search_word using gin (word gin_trgm_ops);
create index search_word_begins on search_word (word text_pattern_ops);

-- The words of the vocabulary that are written nearly like `asked`, the nearest first. Few people mistake the first two
-- letters: those words are read first, and the trigrams of all only when none of them is near.
create function search_near(asked text, most integer) returns table (shown text, word text, lexeme text, likeness real)
language plpgsql stable parallel safe set pg_trgm.similarity_threshold = 0.42 as $$
begin
  return query
    select w.shown, w.word, w.lexeme, similarity(w.word, asked) from search_word w
    where w.word ~>=~ left(asked, 2) and w.word ~<~ (left(asked, 2) || chr(1114111)) and similarity(w.word, asked) >= 0.42
    order by 4 desc, 2 limit most;
  if not found then
    return query
      select w.shown, w.word, w.lexeme, similarity(w.word, asked) from search_word w
      where w.word % asked order by 4 desc, 2 limit most;
  end if;
end $$;

-- In how many sheets of a territory a lexeme stands: a rare word says more than a common one.
create table search_term (
  territory_id uuid not null,
  lexeme text not null,
  documents integer not null,
  primary key (territory_id, lexeme)
);
create index search_term_lexeme on search_term (lexeme);

-- The words of a query with the words of the vocabulary that may stand for each, and in how many sheets of the territory.
-- A function, so that the plan is made once for each connection: planning costs more than reading. The plan may be made while
-- the tables are small and serve when they are large: it reads by the indexes alone. Compiling it (JIT) would take seconds
-- at each call.
create function search_vocabulary(
  territory uuid, asked_text text, words_said text[], words_meant text[], words_max integer, variants_max integer)
returns table (nth integer, asked text, relation text, shown text, lexeme text, likeness double precision, edits integer,
  documents integer, sheets integer)
language plpgsql stable parallel safe set search_path = public, pg_catalog
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
begin
  return query
    with written as materialized (
      select nth::int as nth, word as asked, lexeme, root,
        lead(word) over (order by nth) as following, nth = max(nth) over () as is_last
      from search_analyse(asked_text)),
    asked as materialized (select * from written where lexeme is not null order by nth limit words_max),
    -- What people say another way, by whole words: the words meant stand beside the word said.
    meant as (
      select a.nth, a.asked, w.lexeme from asked a
      join unnest(words_said, words_meant) as s (said, means) on s.said = a.asked
      cross join lateral search_analyse(s.means) m
      cross join lateral (
        select w.lexeme from search_word w where w.root = m.root limit variants_max) w
      where m.lexeme is not null),
    exact as materialized (
      select a.nth from asked a
      where exists (select from search_term t where t.territory_id = territory and t.lexeme = a.lexeme offset 0)),
    found as (
      select nth, asked, 'same' as relation, asked as shown, lexeme, 1::real as likeness, 0 as edits from asked
      union all
      select nth, asked, 'meant', asked, lexeme, 1, 0 from meant
      union all
      select a.nth, a.asked, 'family', w.shown, w.lexeme, similarity(w.word, a.asked), 0
      from asked a join lateral (select * from search_word w where w.root = a.root and w.lexeme <> a.lexeme limit variants_max) w on true
      union all
      select a.nth, a.asked, 'beginning', w.shown, w.lexeme, length(a.asked)::real / length(w.word), 0
      from asked a join lateral (
        select * from search_word w where w.word ~>=~ a.asked and w.word ~<~ (a.asked || chr(1114111)) and w.lexeme <> a.lexeme
        order by length(w.word), w.word limit variants_max) w on true
      where a.is_last and length(a.asked) >= 3
      union all
      select a.nth, a.asked, 'joined', w.shown, w.lexeme, 1, 0
      from asked a join search_word w on w.word = a.asked || a.following
      union all
      select a.nth, a.asked, 'split', b.shown || ' ' || c.shown, part.lexeme, 1, 0
      from asked a
      cross join generate_series(3, length(a.asked) - 3) as cut
      cross join lateral (select * from search_word w where w.word = left(a.asked, cut) limit 1) b
      cross join lateral (select * from search_word w where w.word = substr(a.asked, cut + 1) limit 1) c
      cross join lateral (values (b.lexeme), (c.lexeme)) as part (lexeme)
      where not exists (select from exact e where e.nth = a.nth)
      union all
      select a.nth, a.asked, 'near', w.shown, w.lexeme, w.likeness, levenshtein(w.word, a.asked)
      from asked a join lateral (
        select * from search_near(a.asked, variants_max)) w on true
      where length(a.asked) between 4 and 40 and not exists (select from exact e where e.nth = a.nth)),
    -- Looked up one by one: a planner without statistics would otherwise read a whole vocabulary.
    counted as (
      select f.*, (select t.documents from search_term t where t.territory_id = territory and t.lexeme = f.lexeme) as documents
      from (select distinct on (nth, lexeme, relation) * from found order by nth, lexeme, relation, likeness desc) f)
    select c.nth, c.asked, c.relation, c.shown, c.lexeme, c.likeness, c.edits, c.documents,
      coalesce((select t.documents from search_term t where t.territory_id = territory and t.lexeme = ''), 0) as sheets
    from counted c where c.documents > 0 or c.relation = 'same'
    order by c.nth, c.relation = 'same' desc, c.likeness desc, c.lexeme;
end $$;

-- Changes to both wait here for whoever holds the lock that folds them, so that two writers never wait for each other
-- over a common word. The empty lexeme counts the sheets themselves.
create table search_term_change (territory_id uuid not null, lexeme text not null, documents integer not null);
create table search_word_change (shown text not null);

-- What a transaction touched, until its commit. No other transaction ever sees a row of it.
create table search_pending (organization_ids uuid[] not null);

revoke insert, update, delete on
  search_label, search_document, search_word, search_term, search_term_change, search_word_change, search_pending
from terreau_app;
revoke select on search_pending, search_term_change, search_word_change from terreau_app;

-- The lexemes of a short text, in order, between spaces.
create function search_passage(kind text, written text) returns text language sql stable parallel safe
set search_path = public, pg_catalog as $$
  select kind || string_agg(lexeme, ' ' order by p)
  from unnest(to_tsvector('french', search_plain(written))) as u, unnest(u.positions) as p
$$;

-- The documents of the published sheets among `ids`, as they stand now.
create function search_source(ids uuid[]) returns setof search_document language sql stable
set search_path = public, pg_catalog as $$
  select o.id, o.territory_id, o.name, o.acronym,
    left(coalesce(nullif(o.plain_description, ''), o.description), 280),
    coalesce(all_themes.codes, '{}'), coalesce(all_publics.codes, '{}'),
    p.city, p.neighbourhood_id, p.latitude, p.longitude, p.opening_hours, o.confirmed_at, o.stale_at,
    left(btrim(search_plain(o.name)), 200),
    setweight(to_tsvector('french', search_plain(concat_ws(' ', o.name, o.acronym))), 'A')
      || array_to_tsvector(array(select '=' || lexeme
           from unnest(tsvector_to_array(to_tsvector('french', search_plain(concat_ws(' ', o.name, o.acronym))))) as lexeme))
      || setweight(to_tsvector('french', search_plain(s.names)), 'B')
      || setweight(to_tsvector('french', search_plain(concat_ws(' ', labels.themes, n.titles, f.titles))), 'C')
      || setweight(to_tsvector('french', search_plain(concat_ws(' ', o.description, o.plain_description,
           labels.publics, p.cities, p.neighbourhoods, s.descriptions, n.descriptions, f.descriptions))), 'D'),
    to_tsvector('french', search_plain(concat_ws(' ', n.titles, n.descriptions))),
    to_tsvector('french', search_plain(concat_ws(' ', f.titles, f.descriptions))),
    array_remove(array[search_passage('n', o.name), search_passage('n', o.acronym), search_passage('t', labels.themes)]
      || s.passages || n.passages || f.passages, null),
    array_remove(array['territory:' || o.territory_id,
        case when s.names is not null then 'kind:service' end,
        case when n.titles is not null then 'kind:need' end,
        case when f.titles is not null then 'kind:offer' end]
      || (select array_agg('theme:' || code) from unnest(all_themes.codes) as code)
      || (select array_agg('public:' || code) from unnest(all_publics.codes) as code)
      || p.neighbourhood_marks, null)
  from organization o
  left join lateral (
    select string_agg(x.name, ' ' order by x.position, x.id) as names,
      string_agg(concat_ws(' ', x.description, x.publics_details), ' ' order by x.position, x.id) as descriptions,
      array_agg(search_passage('s', x.name) order by x.position, x.id) as passages
    from service x where x.organization_id = o.id) s on true
  left join lateral (
    select string_agg(x.title, ' ' order by x.id) as titles, string_agg(x.description, ' ' order by x.id) as descriptions,
      array_agg(search_passage('d', x.title) order by x.id) as passages
    from post x where x.organization_id = o.id and x.kind = 'need' and x.state in ('open', 'in-contact')) n on true
  left join lateral (
    select string_agg(x.title, ' ' order by x.id) as titles, string_agg(x.description, ' ' order by x.id) as descriptions,
      array_agg(search_passage('o', x.title) order by x.id) as passages
    from post x where x.organization_id = o.id and x.kind = 'offer' and x.state in ('open', 'in-contact')) f on true
  left join lateral (
    select (array_agg(x.city order by x.position, x.id))[1] as city,
      (array_agg(x.neighbourhood_id order by x.position, x.id))[1] as neighbourhood_id,
      (array_agg(x.latitude order by x.position, x.id) filter (where x.latitude is not null))[1] as latitude,
      (array_agg(x.longitude order by x.position, x.id) filter (where x.latitude is not null))[1] as longitude,
      (array_agg(x.opening_hours order by x.position, x.id))[1] as opening_hours,
      string_agg(distinct x.city, ' ') as cities,
      string_agg(distinct h.name, ' ') as neighbourhoods,
      array_agg(distinct 'neighbourhood:' || x.neighbourhood_id) filter (where x.neighbourhood_id is not null) as neighbourhood_marks
    from place x left join neighbourhood h on h.id = x.neighbourhood_id where x.organization_id = o.id) p on true
  cross join lateral (
    select array_agg(distinct code) as codes from (
      select unnest(o.themes) union all select unnest(o.local_themes)
      union all select unnest(x.themes) from service x where x.organization_id = o.id) as t (code)) all_themes
  cross join lateral (
    select array_agg(distinct code) as codes from (
      select unnest(o.publics) union all select unnest(x.publics) from service x where x.organization_id = o.id) as t (code)) all_publics
  cross join lateral (
    select search_labels(all_themes.codes) as themes, search_labels(all_publics.codes) as publics) labels
  where o.id = any (ids) and o.status = 'published'
$$;

-- Rebuilds the documents of `ids`, and queues what changed in the vocabulary.
create function search_refresh(ids uuid[]) returns void language plpgsql
security definer set search_path = public, pg_catalog as $$
begin
  -- Two transactions that touch one sheet build it one after the other, so that the later sees what the earlier wrote.
  -- Locks are taken in order, and by bucket, so that a large import holds a bounded number of them.
  perform pg_advisory_xact_lock(7351847, bucket) from (
    select distinct hashtext(id::text) & 127 as bucket from unnest(ids) as id order by 1) as b;
  with fresh as materialized (select * from search_source(ids)),
  old as materialized (select organization_id, territory_id, terms from search_document where organization_id = any (ids)),
  gone as (
    delete from search_document d where d.organization_id = any (ids)
      and not exists (select from fresh f where f.organization_id = d.organization_id)),
  kept as (
    insert into search_document select * from fresh
    on conflict (organization_id) do update set
      territory_id = excluded.territory_id, name = excluded.name, acronym = excluded.acronym, summary = excluded.summary,
      themes = excluded.themes, publics = excluded.publics, city = excluded.city, neighbourhood_id = excluded.neighbourhood_id,
      latitude = excluded.latitude, longitude = excluded.longitude, opening_hours = excluded.opening_hours,
      confirmed_at = excluded.confirmed_at, stale_at = excluded.stale_at, sort_name = excluded.sort_name,
      terms = excluded.terms, needs = excluded.needs, offers = excluded.offers, passages = excluded.passages, marks = excluded.marks),
  changed as (
    select territory_id, lexeme, 1 as documents from fresh, unnest(array_append(tsvector_to_array(terms), '')) as lexeme
    union all
    select territory_id, lexeme, -1 from old, unnest(array_append(tsvector_to_array(terms), '')) as lexeme)
  insert into search_term_change
    select territory_id, lexeme, sum(documents) from changed group by territory_id, lexeme having sum(documents) <> 0;
  insert into search_word_change
    select distinct written.shown
    from search_document d
    join organization o on o.id = d.organization_id,
    string_to_table(search_shown(concat_ws(' ', o.name, o.acronym, o.description, o.plain_description,
      (select string_agg(concat_ws(' ', s.name, s.description), ' ') from service s where s.organization_id = o.id),
      (select string_agg(concat_ws(' ', p.title, p.description), ' ') from post p where p.organization_id = o.id
        and p.state in ('open', 'in-contact')),
      (select string_agg(concat_ws(' ', p.city, h.name), ' ') from place p left join neighbourhood h on h.id = p.neighbourhood_id
        where p.organization_id = o.id),
      search_labels(d.themes), search_labels(d.publics))), ' ') as written (shown)
    where d.organization_id = any (ids) and length(written.shown) between 2 and 40
      and not exists (select from search_word w where w.word = unaccent(written.shown));
  perform search_fold();
end $$;

-- The words of a text with their accents, between spaces.
create function search_shown(written text) returns text language sql stable parallel safe
set search_path = public, pg_catalog as $$
  select translate(lower(left(coalesce(written, ''), 20000)),
    E'''’-_/.,;:!?()[]{}"«»…·•*+=<>@#&%|\\~`^$€°–—\t\r\n', repeat(' ', 60))
$$;

-- Folds the queued changes into the vocabulary. One transaction at a time does it; the others leave theirs to the next.
-- A lexeme that no sheet of any territory holds any more takes its words away with it.
create function search_fold() returns void language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  emptied text[];
begin
  if not pg_try_advisory_xact_lock(7351848) then return; end if;
  with taken as (delete from search_word_change returning shown)
  insert into search_word
    select distinct on (word) word, shown, lexeme, search_root(word)
    from (select shown, unaccent(shown) as word, (ts_lexize('french_stem', unaccent(shown)))[1] as lexeme from taken) as t
    where lexeme is not null
    order by word, (shown = word), shown
  on conflict (word) do nothing;
  with taken as (delete from search_term_change returning *)
  insert into search_term as t
    select territory_id, lexeme, sum(documents) from taken group by territory_id, lexeme having sum(documents) <> 0
  on conflict (territory_id, lexeme) do update set documents = t.documents + excluded.documents;
  with empty as (delete from search_term where documents <= 0 returning lexeme)
  select array_agg(distinct lexeme) into emptied from empty;
  if emptied is not null then
    delete from search_word w where w.lexeme = any (emptied)
      and not exists (select from search_term t where t.lexeme = w.lexeme);
  end if;
end $$;

-- One row for each statement that touches a sheet; the rebuild itself waits for the commit, so that an organisation
-- written with its places and services is built once.
create function search_touched() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  ids uuid[];
begin
  if tg_table_name = 'organization' then
    if tg_op = 'INSERT' then select array_agg(id) into ids from after_rows;
    elsif tg_op = 'DELETE' then select array_agg(id) into ids from before_rows;
    else select array_agg(id) into ids from (select id from before_rows union select id from after_rows) as t; end if;
  elsif tg_op = 'INSERT' then select array_agg(distinct organization_id) into ids from after_rows;
  elsif tg_op = 'DELETE' then select array_agg(distinct organization_id) into ids from before_rows;
  else
    select array_agg(organization_id) into ids
    from (select organization_id from before_rows union select organization_id from after_rows) as t;
  end if;
  if ids is not null then
    perform set_config('terreau.search_pending', 'on', true);
    insert into search_pending values (ids);
  end if;
  return null;
end $$;

create function search_settle() returns trigger language plpgsql
security definer set search_path = public, pg_catalog as $$
declare
  ids uuid[];
begin
  -- The first call of a commit does the work of all; the flag spares the others a look at the table.
  if coalesce(current_setting('terreau.search_pending', true), '') <> 'on' then return null; end if;
  perform set_config('terreau.search_pending', 'off', true);
  with taken as (delete from search_pending returning organization_ids)
  select array_agg(distinct id) into ids from taken, unnest(organization_ids) as id;
  if ids is not null then perform search_refresh(ids); end if;
  return null;
end $$;
create constraint trigger search_settled after insert on search_pending
  deferrable initially deferred for each row execute function search_settle();

do $$
declare
  subject text;
begin
  foreach subject in array array['organization', 'place', 'service', 'post'] loop
    execute format('create trigger search_inserted after insert on %I referencing new table as after_rows
      for each statement execute function search_touched()', subject);
    execute format('create trigger search_updated after update on %I referencing old table as before_rows new table as after_rows
      for each statement execute function search_touched()', subject);
    execute format('create trigger search_deleted after delete on %I referencing old table as before_rows
      for each statement execute function search_touched()', subject);
  end loop;
end $$;

revoke execute on function search_refresh(uuid[]), search_fold() from public;
