-- The family of a word, second step. Why: a craft is said by who does it (menuisier, jardinier, coiffeuse), by where it is done
-- (menuiserie) and by what is done (jardinage, coiffure), and only the first of them lost its ending.

-- As before (see 0005), and without -erie, and without -age and -ure where a long enough beginning is left: shorter ones
-- would bring together words that have nothing in common (courage and cours, avantage and avant, partage and partir).
create or replace function search_root(word text) returns text language sql immutable parallel safe as $$
  select regexp_replace(
    case when singular ~ '^(.{6,}age|.{5,}ure)$' then regexp_replace(singular, '^(.{5,}?)(age|ture|ure)$', '\1')
    else regexp_replace(singular,
      '^(.{4,}?)(erie|atrice|ateur|ation|atif|ative|ition|iteur|itrice|ement|ment|ance|ence|trice|teur|tion|euse|eur|eux|iere|ier|ere|ienne|ien|iste|isme|ique|ante|ant|ive|if|ee|er|ir|re|es|e|i)$', '\1')
    end, '(.)\1$', '\1')
  from (select regexp_replace(word, '(...)[sx]$', '\1') as singular) as cut
$$;

update search_word set root = search_root(word) where root <> search_root(word);
