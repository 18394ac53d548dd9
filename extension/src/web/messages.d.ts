/** The message catalogue, put in by the build. */
declare module "virtual:messages" {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
