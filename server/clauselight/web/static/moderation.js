// Keys for the moderation pages. Everything works without: forms are plain, and the keys only press what is
// on the page.
"use strict";

(() => {
  const form = document.querySelector("form[data-decision]");
  const list = document.querySelector("[data-list]");
  const together = document.querySelector("form[data-together]");
  // What the form began with is what the reporter proposes.
  const proposed = form ? form.querySelector('input[name="act"]:checked') : null;

  const isWriting = (target) =>
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["radio", "checkbox", "submit"].includes(target.type));

  const choose = (radio) => {
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    const details = form.querySelector("[data-edit]");
    if (details && radio.value === "edit") details.open = true;
  };

  const move = (step) => {
    const links = [...list.querySelectorAll(":is(h2, h3) a")];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) next.focus();
  };

  const decisionKey = (key) => {
    if (/^[1-5]$/.test(key)) {
      const severity = form.elements.namedItem("severity");
      severity.selectedIndex = Number(key) - 1;
      const now = form.querySelector('input[name="act"]:checked');
      if (!now || !["severity", "retype"].includes(now.value)) choose(form.querySelector('input[value="severity"]'));
      return true;
    }
    if (key === "u") choose(proposed);
    else if (key === "c") form.elements.namedItem("text").focus();
    else if (key === "q") location.assign("/moderation");
    else {
      const radio = [...form.querySelectorAll("input[data-key]")].find((one) => one.dataset.key === key);
      if (!radio) return false;
      choose(radio);
      if (key === "t" && form.elements.namedItem("clause_type").value === "") {
        form.elements.namedItem("clause_type").focus();
      }
    }
    return true;
  };

  const picks = () => (list ? [...list.querySelectorAll('input[type="checkbox"]')] : []);

  // The button says how many it is about, as soon as something is selected.
  const count = () => {
    const button = together && together.querySelector("[data-count]");
    if (!button) return;
    const selected = picks().filter((one) => one.checked).length;
    button.textContent = selected ? `Reject ${selected} selected` : "Reject the selected";
    if (selected) together.querySelector("details").open = true;
  };

  const pick = (boxes, checked) => {
    for (const box of boxes) box.checked = checked;
    count();
  };

  const listKey = (key) => {
    const here = document.activeElement ? document.activeElement.closest("[data-list] > li") : null;
    const box = here && here.querySelector('input[type="checkbox"]');
    if (key === "j" && list) move(1);
    else if (key === "k" && list) move(-1);
    else if (key === "q" && together) location.assign("/moderation");
    else if (key === "x" && box) pick([box], !box.checked);
    else if (key === "a" && picks().length) pick(picks(), picks().some((one) => !one.checked));
    else if (key === "c" && together) {
      const details = together.querySelector("details");
      if (details) details.open = true;
      together.elements.namedItem("text").focus();
    } else {
      const button = [...document.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === key);
      if (!button) return false;
      button.click();
    }
    return true;
  };

  if (form) {
    // Another kind comes with its own severity, which can still be changed.
    const kind = form.elements.namedItem("clause_type");
    kind.addEventListener("change", () => {
      const severity = kind.selectedOptions[0] && kind.selectedOptions[0].dataset.severity;
      if (severity) form.elements.namedItem("severity").value = severity;
      if (kind.value) form.querySelector('input[value="retype"]').checked = true;
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    // Many are rejected only from where their reason is written, never by a stray press in the list.
    const submitted = form || (together && together.contains(event.target) ? together : null);
    if (submitted && event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      submitted.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.shiftKey) return;
    if (isWriting(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (form ? decisionKey(event.key) : listKey(event.key)) event.preventDefault();
  });
  if (list) list.addEventListener("change", count);
  count(); // a browser that goes back keeps what was selected
})();
