/**
 * In the page's components, a text stands alone in its element. A browser's translator takes text nodes out; React finds
 * those again that are an element's only child, and throws at others when it moves or removes what is beside them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript-6';
import { describe, expect, it } from 'vitest';

/** The texts of a component that stand beside something else, each with its line. */
function textsInCompany(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const children = node.children.filter((child) => !isLayout(child));
      // A fragment has company wherever it stands.
      const isAlone = children.length === 1 && ts.isJsxElement(node);
      for (const child of isAlone ? [] : children.filter(isText)) {
        const { line } = file.getLineAndCharacterOfPosition(child.getStart());
        found.push(`${name}:${line + 1} ${child.getText().trim().slice(0, 60)}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Line breaks between elements, and comments: they make no node. */
function isLayout(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return child.containsOnlyTriviaWhiteSpaces;
  return ts.isJsxExpression(child) && child.expression === undefined;
}

/** What may be a text: words, and expressions without elements in them. */
function isText(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return true;
  if (!ts.isJsxExpression(child) || child.expression === undefined) return false;
  return !hasElement(child.expression) && !/(^|\.)children$/.test(child.expression.getText());
}

function hasElement(node: ts.Node): boolean {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return ts.forEachChild(node, (child) => hasElement(child) || undefined) ?? false;
}

describe('a text beside something else', () => {
  it('is found, whatever it is made of', () => {
    const count = (jsx: string) => textsInCompany('x.tsx', `const x = ${jsx};`).length;
    for (const jsx of [
      '<p>Step {step}</p>',
      '<p>{title}{" "}</p>',
      '<p>One <b>two</b></p>',
      '<>{title}</>',
    ]) {
      expect(count(jsx)).toBeGreaterThan(0);
    }
    for (const jsx of [
      '<p>Step</p>',
      '<p>{text}</p>',
      '<p>{children}<b /></p>',
      '<p>{a && <b />}<i /></p>',
    ]) {
      expect(count(jsx)).toBe(0);
    }
  });

  it('is nowhere in the page', () => {
    const files = readdirSync('src/app', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    const found = files.flatMap((name) => textsInCompany(name, readFileSync(`src/app/${name}`, 'utf8')));
    expect(files.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });
});
