/* The form of a source: puts away the empty fields that its type has no use for. Which fields fit
   which type stands in data-fitting on the type's menu. Without this script all are there. */
(() => {
  "use strict";

  const start = () => {
    const type = document.querySelector("select[data-fitting]");
    if (!type) return;
    const fitting = JSON.parse(type.dataset.fitting);
    const known = new Set(Object.values(fitting).flat());
    const rows = [...known]
      .map((name) => [name, document.querySelector(`.form-row.field-${name}`), document.getElementById(`id_${name}`)])
      .filter(([, row, input]) => row && input);

    const all = document.createElement("button");
    all.type = "button";
    all.textContent = "Show all fields";
    const line = document.createElement("p");
    line.append(all);
    rows[0]?.[1].closest("fieldset")?.append(line);

    const fit = () => {
      const wanted = new Set(fitting[type.value] || known);
      let away = 0;
      for (const [name, row, input] of rows) {
        const isAway = !wanted.has(name) && !input.value && !row.classList.contains("errors");
        row.classList.toggle("hidden", isAway);
        away += isAway;
      }
      line.classList.toggle("hidden", !away);
    };

    all.addEventListener("click", () => {
      rows.forEach(([, row]) => row.classList.remove("hidden"));
      line.classList.add("hidden");
    });
    type.addEventListener("change", fit);
    fit();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
