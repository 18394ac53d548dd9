/** Names of jurisdictions, which records carry as codes. */
import { language, t } from "../../platform/i18n";

/** `EEA` -> "European Economic Area", `US-CA` -> "California (United States)", anything unknown as it is. */
export function placeName(code: string, inLanguage = language()): string {
  if (code === "worldwide") return t("ui_place_worldwide");
  if (code === "EEA") return t("ui_place_eea");
  if (code === "EU") return t("ui_place_eu");
  const [country = "", region] = code.split("-");
  const name = regionName(country === "UK" ? "GB" : country, inLanguage);
  return region ? t("ui_place_region", (country === "US" ? US_STATES[region] : undefined) ?? region, name) : name;
}

function regionName(code: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** States with privacy or consumer laws that records name; browsers have no names for subdivisions. */
const US_STATES: Readonly<Record<string, string>> = {
  CA: "California", CO: "Colorado", CT: "Connecticut", DE: "Delaware", FL: "Florida", IA: "Iowa", IL: "Illinois",
  IN: "Indiana", KY: "Kentucky", MD: "Maryland", MN: "Minnesota", MT: "Montana", NE: "Nebraska", NH: "New Hampshire",
  NJ: "New Jersey", NV: "Nevada", NY: "New York", OR: "Oregon", RI: "Rhode Island", TN: "Tennessee", TX: "Texas",
  UT: "Utah", VA: "Virginia", VT: "Vermont", WA: "Washington",
};
