/** Style sheets are imported as text (esbuild loader "text") and adopted, never written into a page as elements. */
declare module "*.css" {
  const text: string;
  export default text;
}
