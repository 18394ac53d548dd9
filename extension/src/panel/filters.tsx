/** Search, severity, category and order. */
import type { JSX, RefObject } from "preact";
import type { Category, CategoryInfo, Severity } from "../contract/types";
import { SEVERITY_ORDER } from "../page-state";
import { t } from "../platform/i18n";
import { severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";
import { countCategories, countSeverities, type Entry, type Filter, type Order } from "./model";

export interface FiltersProps {
  readonly entries: readonly Entry[];
  readonly categories: readonly CategoryInfo[];
  readonly filter: Filter;
  readonly order: Order;
  readonly searchField: RefObject<HTMLInputElement>;
  readonly onFilter: (filter: Filter) => void;
  readonly onOrder: (order: Order) => void;
}

export function Filters({ entries, categories, filter, order, searchField, onFilter, onOrder }: FiltersProps): JSX.Element {
  const severities = countSeverities(entries, filter);
  const present = new Set(entries.map(({ provision }) => provision.severity));
  const perCategory = countCategories(entries, filter);
  const toggle = (severity: Severity): void => {
    const chosen = filter.severities.includes(severity)
      ? filter.severities.filter((one) => one !== severity)
      : [...filter.severities, severity];
    onFilter({ ...filter, severities: chosen });
  };
  return (
    <search class="filters">
      <input
        ref={searchField}
        class="field"
        type="search"
        value={filter.query}
        aria-label={t("panel_search")}
        aria-keyshortcuts="/"
        placeholder={t("panel_search_hint")}
        onInput={(event) => onFilter({ ...filter, query: event.currentTarget.value })}
      />
      <div class="chips" role="group" aria-label={t("panel_severity")}>
        {SEVERITY_ORDER.filter((severity) => present.has(severity)).map((severity) => (
          <button
            type="button"
            class="chip"
            data-severity={severity}
            aria-pressed={filter.severities.includes(severity)}
            onClick={() => toggle(severity)}
          >
            <SeverityIcon severity={severity} />
            {severityWord(severity)} <span class="count">{severities.get(severity) ?? 0}</span>
          </button>
        ))}
      </div>
      <div class="selects">
        <label>
          <span>{t("panel_category")}</span>
          <select
            class="field"
            value={filter.category ?? ""}
            onChange={(event) => onFilter({ ...filter, category: (event.currentTarget.value || null) as Category | null })}
          >
            <option value="">{t("panel_all_categories")}</option>
            {categories
              .filter(({ id }) => perCategory.has(id) || filter.category === id)
              .map(({ id, title }) => (
                <option value={id}>{t("panel_group_count", title, perCategory.get(id) ?? 0)}</option>
              ))}
          </select>
        </label>
        <label>
          <span>{t("panel_sort")}</span>
          <select class="field" value={order} onChange={(event) => onOrder(event.currentTarget.value as Order)}>
            <option value="severity">{t("panel_sort_severity")}</option>
            <option value="place">{t("panel_sort_place")}</option>
          </select>
        </label>
      </div>
    </search>
  );
}
