/** A script built alone, by its address: pages that need one script carry no framework. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
