//! Lists in pages: `?limit=` and `?after=CURSOR`, answered with `items` and the cursor of the next page.
//!
//! A cursor names the last item of a page by its key, so that pages neither repeat nor skip what stands still while
//! others come and go.

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::encoding::{base64url, from_base64url};
use crate::problem::Problem;

const USUAL: u64 = 50;
const MOST: u64 = 200;

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// Items on a page: 1 to 200, 50 where it is not given.
    limit: Option<u64>,
}

/// A page of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// For `after`; none on the last page.
    pub(crate) next: Option<String>,
}

fn foreign_cursor() -> Problem {
    Problem::bad_request("`after` is not a cursor of this list.")
}

impl PageQuery {
    /// Key of the last item of the page before.
    pub(crate) fn after(&self) -> Result<Option<String>, Problem> {
        let read = |text: &str| from_base64url(text).and_then(|bytes| String::from_utf8(bytes).ok());
        self.after.as_deref().map(|text| read(text).ok_or_else(foreign_cursor)).transpose()
    }

    /// The same for lists whose keys are numbers.
    pub(crate) fn after_number(&self) -> Result<Option<i64>, Problem> {
        self.after()?.map(|text| text.parse().map_err(|_| foreign_cursor())).transpose()
    }

    /// Sorts a list by a number and, where it is the same, by the id, and fetches what comes behind the page before.
    /// The keys of its cursors are `NUMBER ID`.
    pub(crate) fn sorted<E: EntityTrait>(
        &self,
        query: Select<E>,
        (number, id): (E::Column, E::Column),
        order: &Order,
    ) -> Result<Select<E>, Problem> {
        let query = query.order_by(number, order.clone()).order_by(id, order.clone()).limit(self.fetch());
        let Some((last, key)) = self.after_pair()? else {
            return Ok(query);
        };
        let (further, next) = match order {
            Order::Asc => (number.gt(last), id.gt(key)),
            _ => (number.lt(last), id.lt(key)),
        };
        let same = Condition::all().add(number.eq(last)).add(next);
        Ok(query.filter(Condition::any().add(further).add(same)))
    }

    fn after_pair(&self) -> Result<Option<(i64, String)>, Problem> {
        let Some(text) = self.after()? else {
            return Ok(None);
        };
        let pair = text.split_once(' ').and_then(|(number, rest)| Some((number.parse().ok()?, rest.to_owned())));
        pair.map(Some).ok_or_else(foreign_cursor)
    }

    fn limit(&self) -> u64 {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    /// How many rows to fetch: one more than the page has tells whether there is another.
    pub(crate) fn fetch(&self) -> u64 {
        self.limit() + 1
    }

    /// Makes the page from what was fetched.
    pub(crate) fn page<R, T>(&self, mut rows: Vec<R>, key: impl Fn(&R) -> String, item: impl FnMut(R) -> T) -> Page<T> {
        let limit = usize::try_from(self.limit()).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| base64url(key(row).as_bytes()));
        Page { items: rows.into_iter().map(item).collect(), next }
    }
}
