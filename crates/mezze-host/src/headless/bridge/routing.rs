//! The page stack, with the shell's rules (`web/shell/src/miniapp/page-stack.ts`): at most ten pages, tab pages live on.
//! It decides; the app carries the moves out in their order.

use std::collections::BTreeMap;

use crate::headless::page_url::PageAddress;

const MOST_PAGES: usize = 10;

/// What a move does, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Hide(u32),
    Unload(u32),
    Show(u32),
    /// Opens a page with the number given, as the top of the stack.
    Open {
        page: u32,
        address: PageAddress,
        open_type: &'static str,
    },
}

/// The open pages by number.
#[derive(Debug, Default)]
pub struct PageStack {
    pages: Vec<u32>,
    paths: BTreeMap<u32, String>,
    /// Tab pages that were opened, shown or not.
    tabs: BTreeMap<String, u32>,
    next: u32,
}

/// What the stack needs to know of the app.
pub struct Pages<'a> {
    pub exists: &'a dyn Fn(&str) -> bool,
    pub is_tab: &'a dyn Fn(&str) -> bool,
}

type Steps = Result<Vec<Step>, String>;

impl PageStack {
    /// The first page; answers its number.
    pub fn begin(&mut self, path: &str, is_tab: bool) -> u32 {
        let page = self.number(path);
        if is_tab {
            self.tabs.insert(path.to_owned(), page);
        }
        self.pages = vec![page];
        page
    }

    pub fn current(&self) -> Option<u32> {
        self.pages.last().copied()
    }

    pub fn path_of(&self, page: u32) -> Option<&str> {
        self.paths.get(&page).map(String::as_str)
    }

    pub fn depth(&self) -> usize {
        self.pages.len()
    }

    fn number(&mut self, path: &str) -> u32 {
        self.next += 1;
        self.paths.insert(self.next, path.to_owned());
        self.next
    }

    fn open(&mut self, address: PageAddress, open_type: &'static str) -> Step {
        let page = self.number(&address.path);
        self.pages.push(page);
        Step::Open { page, address, open_type }
    }

    pub fn navigate_to(&mut self, address: PageAddress, app: &Pages<'_>) -> Steps {
        must_exist(&address.path, app)?;
        if (app.is_tab)(&address.path) {
            return Err("can not navigateTo a tabbar page".to_owned());
        }
        if self.pages.len() >= MOST_PAGES {
            return Err(format!("webview count limit exceed, at most {MOST_PAGES} pages"));
        }
        let hide = self.current().map(Step::Hide);
        let open = self.open(address, "navigateTo");
        Ok(hide.into_iter().chain([open]).collect())
    }

    pub fn redirect_to(&mut self, address: PageAddress, app: &Pages<'_>) -> Steps {
        must_exist(&address.path, app)?;
        if (app.is_tab)(&address.path) {
            return Err("can not redirectTo a tabbar page".to_owned());
        }
        let unload = self.pages.pop().map(|page| self.unload(page));
        let open = self.open(address, "redirectTo");
        Ok(unload.into_iter().chain([open]).collect())
    }

    pub fn navigate_back(&mut self, delta: usize) -> Steps {
        if self.pages.len() < 2 {
            return Err("cannot navigate back at first page.".to_owned());
        }
        let count = delta.clamp(1, self.pages.len() - 1);
        let closed = self.pages.split_off(self.pages.len() - count);
        let mut steps: Vec<Step> = closed.into_iter().rev().map(|page| self.unload(page)).collect();
        steps.extend(self.current().map(Step::Show));
        Ok(steps)
    }

    pub fn switch_tab(&mut self, path: &str, app: &Pages<'_>) -> Steps {
        must_exist(path, app)?;
        if !(app.is_tab)(path) {
            return Err("can not switch to no-tabBar page".to_owned());
        }
        if self.current().and_then(|page| self.path_of(page)) == Some(path) {
            return Ok(Vec::new());
        }
        let (tabs, others): (Vec<u32>, Vec<u32>) =
            std::mem::take(&mut self.pages).into_iter().partition(|page| self.tabs.values().any(|tab| tab == page));
        let mut steps: Vec<Step> = others.iter().rev().map(|page| self.unload(*page)).collect();
        if others.is_empty() {
            steps.extend(tabs.first().map(|tab| Step::Hide(*tab)));
        }
        if let Some(known) = self.tabs.get(path).copied() {
            self.pages = vec![known];
            steps.push(Step::Show(known));
            return Ok(steps);
        }
        let address = PageAddress { path: path.to_owned(), query: BTreeMap::new() };
        let open = self.open(address, "switchTab");
        if let Some(page) = self.current() {
            self.tabs.insert(path.to_owned(), page);
        }
        steps.push(open);
        Ok(steps)
    }

    pub fn re_launch(&mut self, address: PageAddress, app: &Pages<'_>) -> Steps {
        must_exist(&address.path, app)?;
        let mut closed: Vec<u32> = std::mem::take(&mut self.pages).into_iter().rev().collect();
        closed.extend(
            std::mem::take(&mut self.tabs).into_values().filter(|tab| !closed.contains(tab)).collect::<Vec<_>>(),
        );
        let mut steps: Vec<Step> = closed.into_iter().map(|page| self.unload(page)).collect();
        let path = address.path.clone();
        let open = self.open(address, "reLaunch");
        if let Some(page) = self.current().filter(|_| (app.is_tab)(&path)) {
            self.tabs.insert(path, page);
        }
        steps.push(open);
        Ok(steps)
    }

    /// Closes the page that is shown, whatever is below it.
    pub fn close_current(&mut self) -> Option<u32> {
        let page = self.pages.pop()?;
        self.tabs.retain(|_, tab| *tab != page);
        Some(page)
    }

    fn unload(&self, page: u32) -> Step {
        Step::Unload(page)
    }
}

fn must_exist(path: &str, app: &Pages<'_>) -> Result<(), String> {
    if (app.exists)(path) { Ok(()) } else { Err(format!("page \"{path}\" is not found")) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{PageAddress, PageStack, Pages, Step};

    fn address(path: &str) -> PageAddress {
        PageAddress { path: path.to_owned(), ..PageAddress::default() }
    }

    fn app<'a>() -> Pages<'a> {
        Pages { exists: &|path| path != "missing", is_tab: &|path| path.starts_with("tab") }
    }

    #[test]
    fn pages_come_and_go_in_the_shells_order() {
        let mut stack = PageStack::default();
        assert_eq!(stack.begin("tab/a", true), 1);
        assert!(matches!(
            stack.navigate_to(address("b"), &app()).unwrap()[..],
            [Step::Hide(1), Step::Open { page: 2, .. }]
        ));
        assert!(matches!(
            stack.redirect_to(address("c"), &app()).unwrap()[..],
            [Step::Unload(2), Step::Open { page: 3, .. }]
        ));
        assert_eq!(stack.navigate_back(9).unwrap(), [Step::Unload(3), Step::Show(1)]);
        assert!(matches!(stack.switch_tab("tab/b", &app()).unwrap()[..], [Step::Hide(1), Step::Open { page: 4, .. }]));
        assert_eq!(stack.switch_tab("tab/a", &app()).unwrap(), [Step::Hide(4), Step::Show(1)]);
        assert!(matches!(
            stack.re_launch(address("b"), &app()).unwrap()[..],
            [Step::Unload(1), Step::Unload(4), Step::Open { page: 5, .. }]
        ));
    }

    #[test]
    fn refusals_have_the_originals_words() {
        let mut stack = PageStack::default();
        stack.begin("a", false);
        assert_eq!(stack.navigate_to(address("missing"), &app()).unwrap_err(), "page \"missing\" is not found");
        assert_eq!(stack.navigate_to(address("tab/a"), &app()).unwrap_err(), "can not navigateTo a tabbar page");
        assert_eq!(stack.navigate_back(1).unwrap_err(), "cannot navigate back at first page.");
        for _ in 1..10 {
            stack.navigate_to(address("b"), &app()).unwrap();
        }
        assert!(stack.navigate_to(address("b"), &app()).unwrap_err().starts_with("webview count limit exceed"));
    }
}
