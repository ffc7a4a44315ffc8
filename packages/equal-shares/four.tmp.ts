import { readFileSync } from 'node:fs';
import { readPabulib } from './src/pabulib/reader.ts';
import { createEngine } from './src/rules/equal-shares.ts';
import { supportOf } from './src/support.ts';
import { tieRanks } from './src/ties.ts';
import { add, rational,floor } from './src/exact/rational.ts';
const folder='/work/shared/data/pabulib';
for (const [n,u,w] of [['Poland_Wroclaw_2015_up_to_150','cost',0],['Netherlands_Assen_2024','cost',1],['Netherlands_Assen_2024','cost',0],['France_Toulouse_2022','cost',1]] as const) {
  const e=readPabulib(readFileSync(`${folder}/pb/${n}.pb`),{tolerate:['counts','limits']}).election;
  const eng=createEngine(supportOf(e,u), tieRanks(e,'lex'));
  const unit=10n**BigInt(e.moneyScale); let first=rational(e.budget,BigInt(e.ballots.groupOf.length)); if(w) first=rational(floor(first));
  let steps=0, runs=0, ties=0; const log=[];
  for(;;){ const r=eng.run(add(first,rational(BigInt(steps)*unit)),{limit:e.budget, step:unit}); runs++; ties+=r.ties; log.push(steps+':'+r.sameFor+(r.ties?'t'+r.ties:'')); if(r.overspent||runs>3000)break; steps+=r.sameFor+1; }
  console.log(n,u,w,{steps,runs,ties}, log.slice(0,70).join(' '));
}
