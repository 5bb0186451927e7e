// Readers who have set their browser: larger letters, a zoomed page, forced colours, no motion.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, open } from "./browser.mjs";
import { OPENED } from "./states.mjs";

/** The states with something of everything. */
const SHOWN = ["empty", "denied", "google", "living", "wrong"];

/** What sticks out of the page, is cut off or has to be scrolled sideways. */
const lost = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    // One line of text scrolls in every browser; a list shows as much of a choice as fits; a file's button is the label around it.
    const seen = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && !one.matches("select, option, optgroup, input") && !one.closest(".offscreen, thead"));
    return [document.documentElement, ...seen].flatMap((one) => {
      const { scrollWidth, clientWidth, outerHTML } = one;
      // What is part of a line is told by what holds the line.
      if (clientWidth === 0) return [];
      const { left, right } = one.getBoundingClientRect();
      return right > width + 1 || left < -1 || scrollWidth > clientWidth + 1 ? [`${left} to ${right} of ${width}, ${scrollWidth} in ${clientWidth}: ${outerHTML.slice(0, 120)}`] : [];
    });
  });

/** What somebody sees who has made letters so much larger, in each window. */
function reflows(letters, windows) {
  describe(`letters ${letters} times as large`, () => {
    let browser;
    before(async () => (browser = await launch({ letters })));
    after(() => browser?.close());

    for (const name of SHOWN) {
      test(`${name}: nothing sticks out or is cut off`, async () => {
        const page = await open(browser);
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), `${16 * letters}px`);
        await OPENED[name](page);
        for (const [title, { width, height, scale = 1 }] of Object.entries(windows)) {
          await page.setViewport({ width, height, deviceScaleFactor: scale });
          assert.deepEqual(await page.evaluate(() => [innerWidth, devicePixelRatio]), [width, scale]);
          assert.deepEqual(await lost(page), [], title);
        }
        await page.close();
      });
    }
  });
}

reflows(1, {
  "a tablet": { width: 800, height: 900 },
  "1280 zoomed to 200 %": { width: 640, height: 400, scale: 2 },
  "1280 zoomed to 400 %": { width: 320, height: 256, scale: 4 },
  "a phone": { width: 380, height: 800, scale: 3 },
  "the smallest phone": { width: 320, height: 640, scale: 2 },
});
reflows(2, { "a wide window": { width: 1280, height: 800 }, "half a window": { width: 640, height: 800 } });

describe("forced colours and no motion", () => {
  let browser;
  before(async () => (browser = await launch({ forced: true, still: true })));
  after(() => browser?.close());

  for (const name of SHOWN) {
    test(`${name}: what had a colour behind it has an edge or a line`, async () => {
      const page = await open(browser);
      assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
      await OPENED[name](page);
      const bare = await page.evaluate(() => {
        const rules = (list) => [...list].flatMap((rule) => [...(rule.selectorText && (rule.style.backgroundColor || rule.style.background) ? [rule.selectorText] : []), ...rules(rule.cssRules ?? [])]);
        const selectors = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules)).filter((selector) => selector !== ":root");
        const drawn = (style, side, property) => !["none", "hidden"].includes(style[`${side}Style`]) && parseFloat(style[`${side}Width`]) >= 1 && style[`${side}Color`] !== property;
        return [...new Set(selectors.flatMap((selector) => [...document.querySelectorAll(selector)]))].filter((one) => {
          const style = getComputedStyle(one);
          const ground = style.backgroundColor;
          const edged = ["outline", "borderTop", "borderLeft"].some((side) => drawn(style, side, ground));
          return one.checkVisibility() && !edged && !style.textDecorationLine.includes("underline");
        }).map(({ outerHTML }) => outerHTML.slice(0, 120));
      });
      assert.deepEqual(bare, []);
      await page.close();
    });
  }

  test("verdicts and marks are words and shapes, and the focus has a ring", async () => {
    const page = await open(browser);
    await OPENED.denied(page);
    const told = await page.evaluate(() => {
      const badge = document.querySelector(".badge");
      const mark = getComputedStyle(document.querySelector(".values mark:not(.end)"));
      return [badge.innerText, [...document.querySelectorAll(".steps .mark")].every(({ innerText, nextElementSibling }) => innerText !== "" && nextElementSibling.innerText !== ""), mark.outlineStyle, mark.textDecorationLine];
    });
    assert.deepEqual(told, ["✕ Denied", true, "solid", "underline"]);
    for (let count = 0; count < 25; count += 1) {
      await page.keyboard.press("Tab");
      const [name, style, width, colour, ground] = await page.evaluate(() => {
        const control = document.activeElement.closest(".file") ?? document.activeElement;
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(control);
        return [control.outerHTML.slice(0, 80), outlineStyle, parseFloat(outlineWidth), outlineColor, getComputedStyle(document.documentElement).backgroundColor];
      });
      assert.ok(style === "solid" && width >= 2 && colour !== ground, `${name}: ${style} ${width} ${colour} on ${ground}`);
    }
    await page.close();
  });

  test("nothing moves by itself", async () => {
    const page = await open(browser);
    assert.ok(await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches));
    await OPENED.denied(page);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((one) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
        return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s") || scrollBehavior !== "auto";
      }).map(({ outerHTML }) => outerHTML.slice(0, 120)),
    );
    assert.deepEqual(moving, []);
    await page.close();
  });
});
