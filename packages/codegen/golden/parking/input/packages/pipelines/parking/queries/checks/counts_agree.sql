SELECT count(*) AS found, ${stays.rows} AS expected FROM stays HAVING count(*) <> ${stays.rows}
