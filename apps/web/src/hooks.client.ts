import { defaultLanguage, isLanguage } from '#lib/languages.ts';
import { overwriteGetLocale } from '#texts/runtime.js';

// The server chose the language; the page carries it.
const { lang } = document.documentElement;
overwriteGetLocale(() => (isLanguage(lang) ? lang : defaultLanguage));
