import { compareFile, expectedFiles } from '/work/main/packages/equal-shares/test/compare.ts';
const folder='/work/shared/data/pabulib';
for (const n of expectedFiles(folder).filter(x=>!x.includes("Budapest_2024") && (!process.argv[2]||x.includes(process.argv[2])))) { const t=performance.now(); const c=compareFile(folder,n); console.log(n.slice(0,40), Math.round(performance.now()-t)+'ms', c.agreed+'/'+c.total); for(const d of c.differences.slice(0,4)) console.log('   ',d.slice(0,500)); }
